// Package advice puts the data of a Result into words: what is wrong, who notices it, what to do
// about it, and the Go code for that. Each sentence is made here, once.
//
//	line := advice.Line(cell.Result)         // one line: what is wrong, and what to do
//	says := advice.Explain(cell.Result)      // a sentence or two for each
//	live := advice.Live(cell.Effects)        // one line: what a live Worker does next
//
// The sentences are for people. They may change with any release, so programs must not parse them.
// Package cause has the data. testdata/sentences.golden has all sentences, each with the cause that
// makes it.
package advice

import (
	"slices"
	"strings"
	"unicode"

	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// An Explanation puts a Result into words.
type Explanation struct {
	// What says what has changed, with the values that decide it.
	What string
	// Notices says what a live Worker notices of the change. It is empty for a Safe result.
	Notices string
	// Do says what to do. Code is Go code for this, for the place in the Result. Code is empty if
	// no code helps, and if the Result has no Explanation.
	Do, Code string
	// Patch is Code as an edit of the source. It is nil where Code is empty or a sketch.
	Patch *Patch
	// Notes are worth knowing, but they are no divergence.
	Notes []string
}

// Line says in one line what is wrong and what to do about it. It is empty if there is nothing to
// say, for example for a Safe result.
func Line(r replay.Result) string {
	if r.Cause.Pin != nil {
		return pinned(r)
	}
	if r.Verdict == replay.Unjudged {
		return unjudged(r)
	}
	if !complete(r.Cause) {
		return r.Cause.Kind.Title()
	}
	line, do := fault(r), cure(r)
	if do != "" {
		line += ": " + do
	}
	return line + namespace(r.Cause.Namespace)
}

// Fault is Line without what to do, for where that stands beside it.
func Fault(r replay.Result) string {
	if r.Cause.Pin != nil || r.Verdict == replay.Unjudged || !complete(r.Cause) {
		return Line(r)
	}
	return fault(r) + namespace(r.Cause.Namespace)
}

// Explain says the same as Line, but in sentences and with the places.
func Explain(r replay.Result) Explanation {
	if !complete(r.Cause) {
		return Explanation{What: sentence(r.Cause.Kind.Title()), Notices: Notices(r.Cause.Notice)}
	}
	x := Explanation{What: what(r), Notices: Notices(r.Cause.Notice)}
	x.Code, x.Patch = code(r)
	x.Do = do(r, x.Patch)
	switch {
	case r.Verdict == replay.Safe:
		x.Notices = ""
	case onlyReplayer(r):
		x.Notices = replayerNotices
	}
	if r.Explanation != nil {
		for _, m := range r.Explanation.Retired {
			x.Notes = append(x.Notes, retired(m))
		}
	}
	return x
}

// ExplainLive is Explain for a cell of which it is known what live Workers do next.
func ExplainLive(r replay.Result, e rehearse.Effects) Explanation {
	x := Explain(r)
	if failsLive(r.Cause) && len(e.List) > 0 && e.Rehearsed == e.Points && !e.Has(rehearse.Stuck) {
		x.What = sentence(strings.TrimSuffix(strings.TrimSuffix(x.What, "."), consequence(r.Cause)))
	}
	if x.Patch != nil && drops(e) {
		x.Do += " " + bothTypes
	}
	if later := askedLater(r.Cause, e); later != "" {
		x.What += " " + sentence(later)
	}
	if x.Notices != "" && r.Verdict != replay.Unstable {
		live := noticed(r.Cause.Notice, e)
		if !onlyReplayer(r) || live != Notices(r.Cause.Notice) {
			x.Notices = live
		}
	}
	return x
}

// bothTypes is about senders of a signal that one of two branches does not decode.
const bothTypes = "Executions that began before take what their senders send now, new ones take the new type, and each drops " +
	"the other. A sender that does not know which one it has to do with needs code that reads both: receive a " +
	"converter.RawValue and try one type after the other."

// drops reports whether the SDK drops a signal somewhere, which does not decode.
func drops(e rehearse.Effects) bool {
	return slices.ContainsFunc(e.List, func(one rehearse.Effect) bool { return one.Drops != "" })
}

func unjudged(r replay.Result) string {
	if r.Err == nil {
		return ""
	}
	line, _, _ := strings.Cut(r.Err.Error(), "\n")
	return line
}

// sentence writes the first letter large and ends with a full stop.
func sentence(s string) string {
	if s == "" {
		return ""
	}
	runes := []rune(s)
	runes[0] = unicode.ToUpper(runes[0])
	if runes[len(runes)-1] == '…' {
		return string(runes)
	}
	return strings.TrimRight(string(runes), ".") + "."
}
