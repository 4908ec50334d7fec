package replay

import (
	"fmt"
	"slices"
	"strings"
)

// A Verdict says what happens when a stage replays a recording.
type Verdict string

// The verdicts. The function Verdicts describes each of them in short, and docs/verdicts.md at
// length.
const (
	Safe             Verdict = "safe"
	Drift            Verdict = "drift"
	Nondeterministic Verdict = "nondeterministic"
	Undecodable      Verdict = "undecodable"
	VersionRemoved   Verdict = "version-removed"
	VersionUnknown   Verdict = "version-unknown"
	Unregistered     Verdict = "unregistered"
	NotApplicable    Verdict = "not-applicable"
	Panic            Verdict = "panic"
	Unstable         Verdict = "unstable"
	Unstarted        Verdict = "unstarted"
	Unjudged         Verdict = "unjudged"
)

// MaxSymbol is the greatest length of a VerdictInfo.Symbol.
const MaxSymbol = 6

// VerdictInfo is an entry of the catalogue of verdicts.
type VerdictInfo struct {
	Verdict Verdict
	// Symbol stands for the verdict in a matrix. It has at most MaxSymbol characters. It differs
	// from every other symbol, also without colour. It is loud where executions break.
	Symbol string
	// Doc says in a few words what the verdict means.
	Doc string
	// Incompatible is true if a deploy with this verdict breaks the execution, or changes what the
	// execution does.
	Incompatible bool
}

var catalogue = []VerdictInfo{
	{Safe, "safe", "replays, and does what the history says, as far as that was compared", false},
	{Drift, "DRIFT", "replays, but the code now does something else than the history says", true},
	{Nondeterministic, "NONDET", "commands and events do not match", true},
	{Undecodable, "NOREAD", "the code cannot read what the history holds", true},
	{VersionRemoved, "V<MIN", "the recorded version is below the GetVersion minimum", true},
	{VersionUnknown, "V>MAX", "the recorded version is above the GetVersion maximum", true},
	{Unregistered, "UNREG", "the stage's worker does not know the workflow type", true},
	{NotApplicable, "n/a", "cannot happen: Worker Versioning keeps the execution on its version", false},
	{Panic, "PANIC", "the workflow code itself panics or deadlocks", true},
	{Unstable, "UNSTAB", "replays of the same code differ: it is not deterministic", true},
	{Unstarted, "new", "no Workflow Task has completed; the code can begin it: proves nothing", false},
	{Unjudged, "?", "could not be judged", false},
}

// Verdicts returns the catalogue: every verdict, in the order of the list of
// constants.
func Verdicts() []VerdictInfo { return slices.Clone(catalogue) }

// Info returns the verdict's entry in the catalogue.
func (v Verdict) Info() VerdictInfo {
	for _, info := range catalogue {
		if info.Verdict == v {
			return info
		}
	}
	return VerdictInfo{Verdict: v, Symbol: string(v)}
}

// Incompatible reports whether a deploy with the verdict breaks executions, or changes what they
// do. Unjudged is not incompatible, because it says nothing about the code.
func (v Verdict) Incompatible() bool { return v.Info().Incompatible }

// ParseVerdict returns the verdict with the name. The error lists the names of all verdicts.
func ParseVerdict(name string) (Verdict, error) {
	names := make([]string, len(catalogue))
	for i, info := range catalogue {
		if string(info.Verdict) == name {
			return info.Verdict, nil
		}
		names[i] = string(info.Verdict)
	}
	return "", fmt.Errorf("unknown verdict %q: the verdicts are %s", name, strings.Join(names, ", "))
}
