package advice

import "github.com/replaymatrix/replaymatrix/versioning/replay"

// Allow is the code of the rules, for Config.Allow, that allow all differences of a drift, as comments. It is
// empty if the result is no drift, and where so much differs that nobody would want to allow it.
func Allow(r replay.Result) string { return allowRules(r) }
