"""Text that takes the language in which it is read, or is just text."""

from django.utils.functional import Promise

LazyStr = Promise
StrOrPromise = str | Promise
