package redact

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"google.golang.org/protobuf/proto"

	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// Reason says why a value can still be read in a redacted recording.
type Reason string

// The reasons.
const (
	// Decides is for a value without which the recording replays differently. For example, the code
	// branches on the value or makes an ID of it.
	Decides Reason = "the replay needs it"
	// DecidesInPart is for a value like Decides, but a part of the value could be replaced.
	DecidesInPart Reason = "the replay needs a part of it"
	// Made is for a value that workflow code makes without any replaced value. The value is in the
	// code, or the code makes it of values that were not replaced.
	Made Reason = "the code makes it of what was not replaced"
	// Untried is for a value that was not tried before Options.Trials was reached.
	Untried Reason = "not tried: the limit of trials was reached"
	// NoOther is for a value whose form allows no other value.
	NoOther Reason = "there is no other of its form"
	// Occurs is for a name or a value that contains another value, which was replaced elsewhere.
	Occurs Reason = "it was replaced elsewhere, and this holds it"
)

// Kept is a value that can still be read.
type Kept struct {
	// Path names the value as reports do: "ActivityTaskCompleted(Quote).result[0].status". Path
	// never holds the value itself.
	Path string `json:"path"`
	// Event is the ID of the value's event. It is 0 for a value that is not in an event.
	Event  int64  `json:"event,omitempty"`
	Reason Reason `json:"reason"`
}

// A Report says what became of the data in a recording. A Report holds none of the data.
type Report struct {
	// Recording is the name of the recording.
	Recording string `json:"recording"`
	// Places is the number of values that were found. Replaced is the number of values that were
	// replaced.
	Places   int `json:"places"`
	Replaced int `json:"replaced"`
	// Opaque is the number of payloads that nothing decodes. Such a payload is replaced by the same
	// number of random bytes, unless Kept lists it.
	Opaque int `json:"opaque,omitempty"`
	// Kept are the values that can still be read, in the order of the Event History.
	Kept []Kept `json:"kept,omitempty"`
	// Names are the kinds of names that the recording has, that stay as they are, and that can hold data all the same:
	// "cron schedules", "keys of memos". docs/redact.md lists them.
	Names []string `json:"names,omitempty"`
	// Trials is the number of redacted forms that were replayed.
	Trials int `json:"trials"`
	// Complete reports whether the search for the values to keep came to its end.
	Complete bool `json:"complete"`
}

// report compares what was redacted with the recording.
func (s *search) report(redacted *history.Recording) Report {
	report := Report{Recording: s.recording.String(), Places: len(s.leaves), Trials: s.trials, Complete: !s.untried,
		Names: namesIn(redacted.History)}
	was := map[place]map[string]bool{}
	decides := map[place]Reason{}
	for i, l := range s.leaves {
		p := place{l.event, l.path}
		if was[p] == nil {
			was[p] = map[string]bool{}
		}
		was[p][l.value] = true
		if l.class == opaque {
			report.Opaque++
		}
		if s.final[i] != replaced {
			decides[p] = s.reasonOf(i)
		}
	}
	readable := map[string]bool{}
	kept := map[place]bool{}
	leaves := s.collect(proto.CloneOf(redacted.History))
	for _, l := range leaves {
		p := place{l.event, l.path}
		reason, needed := decides[p]
		switch {
		case was[p][l.value]:
			readable[l.value] = true
			if !needed && l.output {
				reason = Made
			} else if !needed {
				reason = NoOther
			}
		case reason == DecidesInPart:
		default:
			continue
		}
		if !kept[p] {
			kept[p] = true
			report.Kept = append(report.Kept, Kept{l.path, l.event, reason})
		}
	}
	report.Replaced = report.Places - len(report.Kept)
	s.occurrences(redacted, readable, kept, &report)
	slices.SortStableFunc(report.Kept, func(a, b Kept) int { return int(a.Event - b.Event) })
	return report
}

func (s *search) reasonOf(i int) Reason {
	switch {
	case s.final[i] == inPart:
		return DecidesInPart
	case s.unknown[i]:
		return Untried
	}
	return Decides
}

// occurrences reports names and values that hold a value that cannot be read elsewhere.
func (s *search) occurrences(redacted *history.Recording, readable map[string]bool, kept map[place]bool,
	report *Report) {
	hidden := newFinder()
	for _, l := range s.leaves {
		if !readable[l.value] {
			hidden.add(l.value)
		}
	}
	look := func(event int64, path, text string) {
		if p := (place{event, path}); !kept[p] && hidden.within(text) {
			kept[p] = true
			report.Kept = append(report.Kept, Kept{path, event, Occurs})
		}
	}
	r := redacted
	for _, m := range []struct{ path, text string }{
		{"family", r.Family}, {"name", r.Name}, {"scenario", r.Scenario}, {"workflowId", r.WorkflowID},
		{"runId", r.RunID}, {"lineage", strings.Join(r.Lineage, " ")},
	} {
		look(0, m.path, m.text)
	}
	s.walk(proto.CloneOf(r.History), func(l leaf) string {
		look(l.event, l.path, l.value)
		return l.value
	})
}

// Write writes the report for people. It counts the Kept values with the reason Made and does not
// list them.
func (r Report) Write(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %d of %d values replaced", r.Recording, r.Replaced, r.Places)
	if r.Opaque > 0 {
		fmt.Fprintf(&b, ", %d of them payloads that nothing decodes", r.Opaque)
	}
	b.WriteString("; it replays as before\n")
	if r.Opaque > 0 {
		b.WriteString("  no code can read those payloads now: with the data converter of the Workers (Replayer of " +
			"cli.Command, Config.Worker in Go), redact the original again\n")
	}
	if !r.Complete {
		fmt.Fprintf(&b, "  the search for what has to be kept ended after %d trials; more of them may replace more\n",
			r.Trials)
	}
	made := 0
	for _, group := range grouped(r.Kept) {
		if group[0].Reason == Made {
			made += len(group)
			continue
		}
		fmt.Fprintf(&b, "  can be read: %s%s: %s\n", eventsOf(group), group[0].Path, group[0].Reason)
	}
	if made > 0 {
		fmt.Fprintf(&b, "  can be read: %d in events that the code makes, of what was not replaced\n", made)
	}
	if len(r.Names) > 0 {
		fmt.Fprintf(&b, "  stay as they are, look at them: %s\n", strings.Join(r.Names, ", "))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// grouped puts those of one path and reason together.
func grouped(kept []Kept) (groups [][]Kept) {
	at := map[Kept]int{}
	for _, k := range kept {
		key := Kept{Path: k.Path, Reason: k.Reason}
		i, ok := at[key]
		if !ok {
			i = len(groups)
			at[key], groups = i, append(groups, nil)
		}
		groups[i] = append(groups[i], k)
	}
	return groups
}

func eventsOf(group []Kept) string {
	switch n := len(group); {
	case group[0].Event == 0:
		return ""
	case n == 1:
		return fmt.Sprintf("event %d  ", group[0].Event)
	default:
		return fmt.Sprintf("event %d and %d more  ", group[0].Event, n-1)
	}
}
