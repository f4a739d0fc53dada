# Makes survival.json, the figures of R's `survival` that SurvivalAgainstRTests compares with. The tests need no R.
#   apt-get install r-cran-survival && Rscript survival.R > survival.json
suppressMessages(library(survival))
set.seed(12345)

digits <- function(x) ifelse(is.na(x), "null", sprintf("%.17g", x))
list_of <- function(x) paste0("[", paste(x, collapse = ","), "]")

# Group by group one row a worker: time, and 1 for the event or 0 for censored.
group <- function(time, event) data.frame(time = time, event = as.integer(event))

tallies <- function(g) {
  times <- sort(unique(g$time))
  list_of(sapply(times, function(t)
    sprintf("[%d,%d,%d]", t, sum(g$time == t & g$event == 1), sum(g$time == t & g$event == 0))))
}

curve <- function(g) {
  fit <- survfit(Surv(time, event) ~ 1, data = g, conf.type = "log-log")
  at <- which(fit$n.event > 0)
  points <- if (length(at) == 0) character(0) else sprintf(
    "[%d,%d,%d,%s,%s,%s]", fit$time[at], fit$n.risk[at], fit$n.event[at],
    digits(fit$surv[at]), digits(fit$lower[at]), digits(fit$upper[at]))
  quartiles <- quantile(fit, c(.25, .5, .75), conf.int = FALSE)
  sprintf("{\"tallies\":%s,\n  \"quartiles\":%s,\n  \"curve\":%s}", tallies(g), list_of(digits(quartiles)), list_of(points))
}

case <- function(name, groups) {
  test <- "null"
  if (length(groups) > 1) {
    all <- do.call(rbind, Map(function(g, i) cbind(g, of = i), groups, seq_along(groups)))
    found <- survdiff(Surv(time, event) ~ of, data = all)
    degrees <- sum(found$exp > 0) - 1
    if (degrees > 0)
      test <- sprintf("{\"chiSquare\":%s,\"degreesOfFreedom\":%d,\"p\":%s}", digits(found$chisq), degrees,
                      digits(pchisq(found$chisq, degrees, lower.tail = FALSE)))
  }
  sprintf("{\"name\":\"%s\",\n \"logRank\":%s,\n \"groups\":[\n %s]}", name, test,
          paste(sapply(groups, curve), collapse = ",\n "))
}

random <- function(n, longest, censored, shape = 1) {
  event <- ceiling(longest * rweibull(n, shape, 0.6))
  seen <- ceiling(longest * runif(n) / max(censored, 1e-9))
  group(pmin(event, seen), event <= seen)
}

cases <- list(
  case("one worker with the event", list(group(7, 1))),
  case("one worker, censored", list(group(7, 0))),
  case("all censored", list(group(c(3, 5, 5, 9), c(0, 0, 0, 0)))),
  case("events on the first day", list(group(c(0, 0, 4, 6, 6), c(1, 0, 1, 0, 1)))),
  case("the curve hits each quartile", list(group(c(2, 5, 11, 17), c(1, 1, 1, 1)))),
  case("the curve hits the median and ends there", list(group(c(4, 8, 13, 21), c(1, 1, 0, 0)))),
  case("the curve hits the quartiles after a rounding", list(group(rep(c(3, 9, 10, 16, 30, 31), 2), rep(1, 12)))),
  case("everybody at once", list(group(rep(5, 12), rep(1, 12)))),
  case("events and censorings on the same days", list(group(rep(1:6, each = 4), rep(c(1, 0, 1, 0), 6)))),
  case("a group gone before the first event", list(
    group(c(1, 2, 2), c(0, 0, 0)), group(c(3, 5, 8, 9), c(1, 0, 1, 1)), group(c(4, 4, 7, 12), c(1, 1, 0, 1)))),
  case("two single workers in one large group's company", list(
    random(400, 900, 1), group(90, 1), group(200, 0))),
  case("groups of very different size", list(random(20000, 60, 1), random(3, 60, 1), random(900, 60, 1, 1.3))),
  case("groups that differ beyond doubt", list(random(3000, 400, 1, 0.7), random(3000, 900, 1, 2))),
  case("twenty-four groups", lapply(1:24, function(i) random(5 + 3 * i, 300, 1, 0.8 + i / 40)))
)
for (i in 1:30) {
  of <- 1 + i %% 5
  longest <- c(6, 25, 100, 700, 9000)[1 + i %% 4 + i %/% 24]
  groups <- lapply(1:of, function(j)
    random(sample(c(2, 9, 40, 150), 1), longest, c(0, 0.5, 1, 3)[1 + (i + j) %% 4], runif(1, 0.6, 2)))
  cases <- c(cases, case(sprintf("random %d", i), groups))
}

tails <- character(0)
for (degrees in c(1:6, 10, 23, 50, 101, 400))
  for (value in degrees * c(0.001, 0.1, 0.5, 0.9, 1, 1.1, 1.5, 2, 4, 10))
    tails <- c(tails, sprintf("[%s,%d,%s]", digits(value), degrees, digits(pchisq(value, degrees, lower.tail = FALSE))))

cat("{\"from\":\"", R.version.string, ", survival ", as.character(packageVersion("survival")), "\",\n\"chiSquareTails\":[\n",
    paste(tails, collapse = ",\n"), "],\n\"cases\":[\n", paste(cases, collapse = ",\n"), "]}\n", sep = "")
