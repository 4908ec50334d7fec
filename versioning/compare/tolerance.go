package compare

import (
	"encoding/json"
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"
)

// isTolerance reports whether the text is a duration or a number above zero.
func isTolerance(text string) bool {
	if d, err := time.ParseDuration(text); err == nil && text != "0" {
		return d > 0
	}
	n, ok := exact(text)
	return ok && n.Sign() > 0
}

// within reports whether both values of a Difference are durations, or numbers, that are
// no further apart.
func within(tolerance, recorded, now string) bool {
	if limit, err := time.ParseDuration(tolerance); err == nil {
		a, okA := durationIn(recorded)
		b, okB := durationIn(now)
		return okA && okB && (a-b).Abs() <= limit
	}
	limit, ok := exact(tolerance)
	a, okA := exact(recorded)
	b, okB := exact(now)
	return ok && okA && okB && new(big.Rat).Abs(a.Sub(a, b)).Cmp(limit) <= 0
}

// durationIn reads a duration as a Difference has it: in quotes.
func durationIn(value string) (d time.Duration, ok bool) {
	var text string
	if json.Unmarshal([]byte(value), &text) != nil {
		return 0, false
	}
	d, err := time.ParseDuration(text)
	return d, err == nil
}

// exact reads a number with all of its digits.
func exact(text string) (n *big.Rat, ok bool) {
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
		return nil, false
	}
	if strings.ContainsAny(text, "eExXpP_") { // its digits could fill the memory
		return new(big.Rat).SetFloat64(f), true
	}
	return new(big.Rat).SetString(text)
}
