package finding_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// panics is the cause of code that panics with the text.
func panics(text string) cause.Cause {
	return cause.Cause{Kind: cause.CodePanics, Failure: &cause.Failure{Text: text}}
}

// TestCause holds which cells are one finding.
func TestCause(t *testing.T) {
	t.Parallel()
	bad := func(verdict replay.Verdict, detail, source string) matrix.Row {
		result := replay.Result{Verdict: verdict, Place: replay.Place{Source: source}, Cause: panics(detail)}
		if verdict == replay.Unjudged {
			result.Cause, result.Err = cause.Cause{}, errors.New(detail)
		}
		return row("old."+detail+source, result)
	}
	way := func(c cause.Cause, way cause.Way) matrix.Row {
		c.Decided.Way = way
		return row("old."+string(way), replay.Result{Verdict: replay.Panic, Cause: c})
	}
	unknown := cause.Cause{Kind: cause.TypeNotRegistered, Type: &cause.UnknownType{Name: "Order"}}
	argument := func(item int) cause.Cause {
		value := cause.UnreadValue{Of: cause.OfInput, Field: "input", Item: item, Recorded: "1", Type: "string"}
		return cause.Cause{Kind: cause.ValueUnreadable, Value: &value}
	}
	argumentOf := func(recorded string) cause.Cause {
		c := argument(0)
		c.Value.Recorded = recorded
		return c
	}
	moved := func(c cause.Cause) matrix.Row {
		return row("old."+c.String(), replay.Result{Verdict: replay.Nondeterministic, Cause: c,
			Place: replay.Place{Source: "order.go:3"}})
	}
	parting := func(recorded, now string, event int64) cause.Cause {
		return cause.Cause{Kind: cause.ValuesChanged, Parting: &cause.Parting{Task: event - 1,
			Recorded: &compare.Side{Event: event, Type: "ActivityTaskScheduled", Name: "Charge"},
			Difference: &compare.Difference{Path: "ActivityTaskScheduled(Charge).input[0].amount", Event: event,
				Recorded: recorded, Now: now}}}
	}
	other := parting("5", "7", 11)
	other.Parting.Difference.Path = "ActivityTaskScheduled(Charge).input[0].currency"
	target := func(to, timer string) cause.Cause {
		return cause.Cause{Kind: cause.CallReplaced, Parting: &cause.Parting{
			Recorded: &compare.Side{Event: 7, Type: "TimerStarted", Name: timer},
			Now:      &compare.Side{Type: "SignalExternalWorkflow", Name: "paid", To: to}}}
	}
	called := func(name string) cause.Cause {
		return cause.Cause{Kind: cause.CallRemoved, Parting: &cause.Parting{
			Recorded: &compare.Side{Event: 7, Type: "ActivityTaskScheduled", Name: name}}}
	}
	signal := func(events ...int64) cause.Cause {
		return cause.Cause{Kind: cause.SignalUnread, Signal: &cause.UnreadSignal{Name: "paid", Events: events}}
	}
	noted := func(recording string, notes ...replay.Note) matrix.Row {
		return row(recording, replay.Result{Verdict: replay.Safe, Evidence: replay.Evidence{Notes: notes}})
	}
	unread := replay.Note{Kind: replay.Unread, Name: "paid", Signal: &cause.UnreadSignal{Name: "paid"}}
	tip := func(value string) replay.Note {
		return replay.Note{Kind: replay.Unreadable, Name: "tip", Source: "tip.go:3",
			Value: &cause.UnreadValue{Recorded: value}}
	}
	later := unread
	later.Event = 99
	pinned := row("pinned",
		replay.Result{Verdict: replay.NotApplicable, Evidence: replay.Evidence{Notes: []replay.Note{unread}}})
	broken := row("broken",
		replay.Result{Verdict: replay.Panic, Evidence: replay.Evidence{Notes: []replay.Note{unread}}})
	zero, safe := replay.Note{Kind: replay.ZeroValue}, row("a", replay.Result{Verdict: replay.Safe})
	back := answering("back", "status")
	back.Lineage = []string{"new"}
	type rows = []matrix.Row
	for _, tt := range []struct {
		name   string
		rows   []matrix.Row
		failOn *finding.FailOn
		want   int
		why    string
	}{
		{"safe", rows{safe}, nil, 0, "nobody wants to look at it"},
		{"alike", rows{bad(replay.Panic, "x", "a:1"), bad(replay.Panic, "x", "a:1")}, nil, 1, "one cause"},
		{"values", rows{moved(parting("5", "7", 11)), moved(parting("6", "8", 15))}, nil, 1, "each execution has its own"},
		{"two fields", rows{moved(parting("5", "7", 11)), moved(other)}, nil, 2, "two rules allow them"},
		{"IDs", rows{moved(target("order-1", "1")), moved(target("order-2", "4"))}, nil, 1, "executions are called so"},
		{"two activities", rows{moved(called("Charge")), moved(called("Refund"))}, nil, 2, "two calls were removed"},
		{"texts", rows{bad(replay.Panic, "order 12 not found", "a:1"), bad(replay.Panic, "order 7 not found", "a:1")}, nil, 1,
			"the number is that of the execution"},
		{"events of a signal", rows{moved(signal(4)), moved(signal(5, 9))}, nil, 1, "one channel is to be read"},
		{"values not read", rows{way(argumentOf("1"), ""), way(argumentOf("2"), "")}, nil, 1, "one parameter is to be mended"},
		{"two lines", rows{bad(replay.Panic, "x", "a:1"), bad(replay.Panic, "x", "a:2")}, nil, 2, "two places to mend"},
		{"a deploy and a rollback", rows{way(panics("x"), cause.ByDeploy), way(panics("x"), cause.ByRollback)}, nil, 1,
			"the same line is to be mended"},
		{"ways that matter", rows{way(unknown, cause.ByDeploy), way(unknown, cause.ByRollback)}, nil, 2,
			"the cures differ"},
		{"two arguments", rows{way(argument(0), ""), way(argument(1), "")}, nil, 2, "two parameters to mend"},
		{"two verdicts", rows{bad(replay.Panic, "x", ""), bad(replay.Drift, "x", "")}, nil, 2, "two effects"},
		{"unjudged", rows{bad(replay.Unjudged, "x", ""), bad(replay.Unjudged, "y", "")}, nil, 2, "for two reasons"},
		{"answers", rows{answering("a", "status"), answering("b", "status")}, nil, 1,
			"values are each execution's own"},
		{"both ways", rows{answering("a", "status"), back}, nil, 2, "a deploy and a rollback"},
		{"queries", rows{answering("a", "status"), answering("b", "total")}, nil, 2, "two are answered otherwise"},
		{"notes", rows{noted("a", unread), noted("b", later, unread)}, nil, 1, "the same is said of two events"},
		{"values", rows{noted("a", tip("x")), noted("b", tip("y"))}, nil, 1, "one line of code reads them"},
		{"more notes", rows{noted("a", unread), noted("b", tip("x"), unread)}, nil, 2, "the second is in two troubles"},
		{"in any order", rows{noted("a", unread, tip("x")), noted("b", tip("x"), unread)}, nil, 1, "the same troubles"},
		{"pinned", rows{pinned}, nil, 0, "the execution does not get there"},
		{"broken", rows{broken, noted("a", unread)}, nil, 2, "a verdict is more than a note"},
		{"no finding", rows{noted("a", zero)}, nil, 0, "the note can break nothing"},
		{"asked", rows{noted("a", zero)}, &finding.FailOn{Notes: []replay.NoteKind{zero.Kind}}, 1, "it is asked for"},
		{"asked safe", rows{safe}, &finding.FailOn{Verdicts: []replay.Verdict{replay.Safe}}, 1, "whatever the verdict"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			s := summary(finding.Options{FailOn: tt.failOn}, tt.rows...)
			require.Len(t, s.Findings(), tt.want, tt.why)
			cells := 0
			for _, f := range s.Findings() {
				cells += f.Cells
			}
			for _, r := range tt.rows {
				for _, c := range r.Cells {
					if s.At(r, c) != nil {
						cells--
					}
				}
			}
			require.Zero(t, cells, "each cell is in the finding that counts it")
		})
	}
}
