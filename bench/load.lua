-- Asks the addresses of BENCH_REQUESTS in turn, and tells what came of it as JSON.
-- Each line of that file: method, path and body, with tabs between; the first line: the status to expect and the cookie.
local requests, threads = {}, {}
local first, expected, cookie = true, 200, ""

for line in io.lines(os.getenv("BENCH_REQUESTS")) do
  local one, two, three = line:match("^([^\t]*)\t([^\t]*)\t?(.*)$")
  if first then
    expected, cookie, first = tonumber(one), two, false
  else
    requests[#requests + 1] = {one, two, three}
  end
end

function setup(thread)
  threads[#threads + 1] = thread
end

function init()
  asked, wrong = 0, 0
end

-- As if from 1,750 connections: nobody tells more ideas from one than a library does.
function request()
  local one = requests[asked % #requests + 1]
  asked = asked + 1
  local headers = {
    ["Host"] = "localhost",
    ["X-Forwarded-Proto"] = "https",
    ["X-Forwarded-For"] = "198.18." .. asked % 7 .. "." .. asked % 250,
  }
  if cookie ~= "" then headers["Cookie"] = cookie end
  if one[1] == "POST" then headers["Content-Type"] = "application/x-www-form-urlencoded" end
  return wrk.format(one[1], one[2], headers, one[1] == "POST" and one[3] or nil)
end

function response(status)
  if status ~= expected then wrong = wrong + 1 end
end

function done(summary, latency)
  local failed = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  for _, thread in ipairs(threads) do failed = failed + thread:get("wrong") end
  io.write(string.format(
    '\n{"requests": %d, "seconds": %f, "p50": %f, "p95": %f, "failed": %d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, failed
  ))
end
