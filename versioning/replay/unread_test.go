package replay_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// listens is the code of signal-renamed, which listens to the signal of that name.
func listens(name string) any {
	return func(ctx workflow.Context) error {
		_ = workflow.ExecuteActivity(ao(ctx), A, "1").Get(ctx, nil)
		var amount int
		workflow.GetSignalChannel(ctx, name).Receive(ctx, &amount)
		workflow.GetSignalChannel(ctx, "shipped").Receive(ctx, nil)
		return workflow.ExecuteActivity(ao(ctx), B, amount).Get(ctx, nil)
	}
}

// afterA calls A and does that.
func afterA(do func(workflow.Context)) any {
	return func(ctx workflow.Context) error {
		_ = workflow.ExecuteActivity(ao(ctx), A, "1").Get(ctx, nil)
		do(ctx)
		workflow.GetSignalChannel(ctx, "shipped").Receive(ctx, nil)
		return nil
	}
}

// selects waits in a selector for the signal.
func selects(name string, take bool) func(workflow.Context) {
	return func(ctx workflow.Context) {
		selector := workflow.NewSelector(ctx)
		selector.AddReceive(workflow.GetSignalChannel(ctx, name), func(c workflow.ReceiveChannel, _ bool) {
			if take {
				c.Receive(ctx, nil)
			}
		})
		selector.Select(ctx)
	}
}

// TestUnread is about signals that came. reference is the code that ran the execution,
// where it is at hand.
func TestUnread(t *testing.T) {
	t.Parallel()
	const renamed = "history has signal paid (event 11), the code asks for order-paid in its place"
	for _, tt := range []struct {
		name            string
		code, reference any
		want            replay.Verdict
		text            string
		note            string
		park            []replay.Verdict
		why             string
	}{
		{"unchanged", listens("paid"), nil, replay.Safe, "", "", nil, "it takes the signal"},
		{"renamed, with the code that ran", listens("order-paid"), listens("paid"), replay.Nondeterministic, renamed +
			"; live it stays unread until the code receives it: receive both paid and order-paid while such executions are open", "",
			[]replay.Verdict{replay.Safe, replay.Safe, replay.Nondeterministic},
			"until the signal came nothing was lost"},
		{"renamed, alone", listens("order-paid"), nil, replay.Safe, "",
			"unread at event 11: history has signal paid, which the code never asks for; the code listens to order-paid", nil, "nobody knows whether the code that ran took it"},
		{"both leave it", listens("order-paid"), listens("another"), replay.Safe, "", "", nil, "nothing has changed"},
		{"unchanged, with the code that ran", listens("paid"), listens("paid"), replay.Safe, "", "", nil,
			"nothing has changed"},
		{"asked for and not received", afterA(func(ctx workflow.Context) { workflow.GetSignalChannel(ctx, "paid") }),
			nil, replay.Safe, "", "unread at event 11: history has signal paid, which the code listens to and has " +
				"not received", nil, "it may come to it later"},
		{"asked for and not received, with the code that ran",
			afterA(func(ctx workflow.Context) { workflow.GetSignalChannel(ctx, "paid") }), listens("paid"),
			replay.Nondeterministic, "which the code that ran took; this code listens to it, and has not taken it by the end", "",
			[]replay.Verdict{replay.Safe, replay.Safe, replay.Nondeterministic},
			"by this point the code that ran had taken it"},
		{"without a value", afterA(func(ctx workflow.Context) {
			workflow.GetSignalChannel(ctx, "paid").Receive(ctx,
				nil)
		}), listens("paid"), replay.Safe, "", "", nil, "nothing is decoded, and the signal is gone from the channel"},
		{"in a selector", afterA(selects("paid", true)), listens("paid"), replay.Safe, "", "", nil,
			"a selector takes it"},
		{"in a coroutine", afterA(func(ctx workflow.Context) {
			workflow.Go(ctx, func(ctx workflow.Context) { workflow.GetSignalChannel(ctx, "paid").Receive(ctx, nil) })
		}), listens("paid"), replay.Safe, "", "", nil, "whoever takes it"},
		{"without waiting", afterA(func(ctx workflow.Context) {
			channel := workflow.GetSignalChannel(ctx, "paid")
			_ = workflow.Await(ctx, func() bool { return channel.ReceiveAsync(nil) })
		}), listens("paid"), replay.Safe, "", "", nil, "polled"},
		{"in a selector that does not receive", afterA(selects("paid", false)), listens("paid"),
			replay.Nondeterministic, "which the code that ran took", "",
			[]replay.Verdict{replay.Safe, replay.Safe, replay.Nondeterministic},
			"the selector keeps it for the next Receive, which does not come"},
	} {
		for _, level := range compare.Levels() {
			t.Run(tt.name+"/"+level.String(), func(t *testing.T) {
				t.Parallel()
				r := fault(t, "signal-renamed")
				stage := running(r, "now", tt.code)
				opts := replay.Options{Config: replay.Config{Level: level}, Explain: true}
				if tt.reference != nil {
					r.Lineage = []string{"was"}
					opts.Stages = []versioning.Stage{running(r, "was", tt.reference), stage}
				}
				got := replay.Judge(t.Context(), stage, r, &opts)
				require.Equal(t, tt.want, got.Verdict, "%s: %s", tt.why, advice.Line(got))
				require.Contains(t, advice.Line(got), tt.text, tt.why)
				var park []replay.Verdict
				for _, p := range got.Park.Points {
					park = append(park, p.Verdict)
				}
				require.Equal(t, tt.park, park, tt.why)
				switch {
				case tt.note != "":
					require.Len(t, got.Findings(), 1, tt.why)
					require.Equal(t, tt.note, noted(got.Findings()[0]), tt.why)
				default:
					require.Empty(t, got.Findings(), tt.why)
				}
				if tt.want != replay.Safe {
					require.Equal(t, int64(11), got.Place.Event)
					kind := cause.SignalUnread
					if strings.HasPrefix(tt.text, renamed) {
						kind = cause.SignalRenamed
					}
					require.Equal(t, kind, got.Cause.Kind)
					require.Equal(t, cause.LeftUnnoticed, got.Cause.Notice)
				}
			})
		}
	}
}

// TestSignalInTrace shows a signal where the code takes it, not where it came.
func TestSignalInTrace(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		code any
		want []string
		why  string
	}{
		{"with a value", listens("paid"), []string{"ExecuteActivity A", "signal received paid replay/unread_test.go"},
			"the line is known by what is decoded"},
		{"without a value", afterA(func(ctx workflow.Context) {
			workflow.GetSignalChannel(ctx, "paid").Receive(ctx, nil)
			_ = workflow.UpsertMemo(ctx, nil)
		}), []string{"ExecuteActivity A", "signal received paid", "UpsertMemo"}, "it was gone before the next call"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := fault(t, "signal-renamed")
			got := replay.Judge(t.Context(), running(r, "now", tt.code), r, &replay.Options{Explain: true})
			require.Equal(t, replay.Safe, got.Verdict, advice.Line(got))
			var calls []string
			for _, call := range got.Explanation.Trace.Calls {
				if call.Kind == trace.QueryHandler {
					continue
				}
				text := string(call.Kind) + " " + call.Name
				if call.Kind == trace.Signal && call.Line() != (trace.Line{}) {
					text += " replay/unread_test.go"
					require.Contains(t, call.Source(), "replay/unread_test.go:")
				}
				calls = append(calls, strings.TrimSpace(text))
			}
			require.Equal(t, tt.want, calls, tt.why)
		})
	}
}

// TestUnhandledUpdate is about updates that the history has accepted.
func TestUnhandledUpdate(t *testing.T) {
	t.Parallel()
	handles := func(names ...string) any {
		return func(ctx workflow.Context) error {
			for _, name := range names {
				_ = workflow.SetUpdateHandler(ctx, name, func(_ workflow.Context, n int) (int, error) { return n, nil })
			}
			_ = workflow.ExecuteActivity(ao(ctx), "Slow", "1").Get(ctx, nil)
			workflow.GetSignalChannel(ctx, "x").Receive(ctx, nil)
			return nil
		}
	}
	for _, tt := range []struct {
		name string
		code any
		want replay.Verdict
		text string
		why  string
	}{
		{"unchanged", handles("u"), replay.Safe, "", "it has the handler"},
		{"renamed", handles("v", "w"), replay.Nondeterministic,
			`history has accepted update "u" (event 9), for which there is no handler; the code handles v, w: put the handler of u back as it was, and keep it while such executions are open`, "by name and event"},
		{"removed", handles(), replay.Nondeterministic,
			`history has accepted update "u" (event 9), for which there is no handler; the code handles no update: put the handler of u back as it was`, "by name and event"},
		{"another one beside it", handles("u", "v"), replay.Safe, "", "nobody has asked for it"},
	} {
		for _, level := range compare.Levels() {
			t.Run(tt.name+"/"+level.String(), func(t *testing.T) {
				t.Parallel()
				r := fault(t, "update-argument-type")
				got := replay.Judge(t.Context(), running(r, "now", tt.code), r,
					&replay.Options{Config: replay.Config{Level: level}, Explain: true})
				require.Equal(t, tt.want, got.Verdict, "%s: %s", tt.why, advice.Line(got))
				require.Contains(t, advice.Line(got), tt.text, tt.why)
				if tt.want != replay.Safe {
					require.Equal(t, int64(9), got.Place.Event)
					require.Equal(t, cause.UpdateUnhandled, got.Cause.Kind)
				}
			})
		}
	}
}
