package source_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/internal/source"
)

const begin = "v := workflow.GetVersion(ctx, \"pay\", workflow.DefaultVersion, 1)\n"

// TestEdits makes the code of then from that of now and from what the history says.
func TestEdits(t *testing.T) {
	t.Parallel()
	pay := source.New("pay")
	for _, test := range []struct {
		name, now, want, why string
		edit                 func(now, there source.Line) *source.Edit
		// sketch is whether somebody has to look what the code of then did.
		sketch bool
	}{
		{
			name: "another name",
			now:  "\terr := workflow.ExecuteActivity(ctx, o.pay, o.id).Get(ctx, nil) // now\n\treturn \"\", err\n",
			edit: func(now, _ source.Line) *source.Edit {
				return source.ReplaceCall(source.Call{Line: now, Functions: []string{"ExecuteActivity"}},
					source.Was{Function: "ExecuteActivity", Name: "Charge"}, pay)
			},
			why: "the arguments are those that the code has",
			want: begin + "var err error\nif v == workflow.DefaultVersion {\n" +
				"\terr = workflow.ExecuteActivity(ctx, \"Charge\", o.id).Get(ctx, nil)\n} else {\n" +
				"\terr = workflow.ExecuteActivity(ctx, o.pay, o.id).Get(ctx, nil)\n}\n",
		},
		{
			name: "another argument",
			now:  "\tworkflow.ExecuteActivity(ctx, \"Charge\", 2) // now\n\treturn \"\", nil\n",
			edit: func(now, _ source.Line) *source.Edit {
				return source.ReplaceCall(source.Call{Line: now, Functions: []string{"ExecuteActivity"}},
					source.Was{Function: "ExecuteActivity", Inputs: map[int]string{0: "1"}}, pay)
			},
			why: "a literal is the same in each execution",
			want: begin + "if v == workflow.DefaultVersion {\n\tworkflow.ExecuteActivity(ctx, \"Charge\", 1)\n} else {\n" +
				"\tworkflow.ExecuteActivity(ctx, \"Charge\", 2)\n}\n",
		},
		{
			name: "another value of a variable",
			now:  "\tworkflow.ExecuteActivity(ctx, \"Charge\", o.id) // now\n\treturn \"\", nil\n",
			edit: func(now, _ source.Line) *source.Edit {
				return source.ReplaceCall(source.Call{Line: now, Functions: []string{"ExecuteActivity"}},
					source.Was{Function: "ExecuteActivity", Inputs: map[int]string{0: "1"}}, pay)
			},
			why: "that of one execution is wrong for the next one",
		},
		{
			name: "an activity that was a timer",
			now:  "\treturn \"\", workflow.Sleep(ctx, time.Hour) // now\n",
			edit: func(now, _ source.Line) *source.Edit {
				return source.ReplaceCall(source.Call{Line: now, Functions: []string{"NewTimer", "Sleep"}},
					source.Was{Function: "ExecuteActivity", Name: "Charge", All: true}, pay)
			},
			why: "Sleep gives an error, so the activity has to be waited for",
			want: begin + "if v == workflow.DefaultVersion {\n" +
				"\treturn \"\", workflow.ExecuteActivity(ctx, \"Charge\").Get(ctx, nil)\n}\n" +
				"return \"\", workflow.Sleep(ctx, time.Hour)\n",
		},
		{
			name: "two calls on the line",
			now:  "\treturn \"\", errors.Join(workflow.Sleep(ctx, 1), workflow.Sleep(ctx, 2)) // now\n",
			edit: func(now, _ source.Line) *source.Edit {
				return source.ReplaceCall(source.Call{Line: now, Functions: []string{"Sleep"}},
					source.Was{Function: "NewTimer", Duration: "time.Hour"}, pay)
			},
			why: "nothing tells which of them it is",
		},
		{
			name: "a call that is new, with what waits for it",
			now: "\tpaid := workflow.ExecuteActivity(ctx, \"Charge\") // now\n" +
				"\tif err := paid.Get(ctx, nil); err != nil {\n\t\treturn \"\", err\n\t}\n\treturn o.id, nil\n",
			edit: func(now, _ source.Line) *source.Edit {
				return source.WithoutCall(source.Call{Line: now, Functions: []string{"ExecuteActivity"}}, pay)
			},
			why: "a future that is not begun cannot be waited for",
			want: begin + "if v != workflow.DefaultVersion {\n\tpaid := workflow.ExecuteActivity(ctx, \"Charge\")\n" +
				"\tif err := paid.Get(ctx, nil); err != nil {\n\t\treturn \"\", err\n\t}\n}\n",
		},
		{
			name: "a call whose result is returned",
			now: "\tvar id string\n\terr := workflow.ExecuteActivity(ctx, \"Charge\").Get(ctx, &id) // now\n" +
				"\treturn id, err\n",
			edit: func(now, _ source.Line) *source.Edit {
				return source.WithoutCall(source.Call{Line: now, Functions: []string{"ExecuteActivity"}}, pay)
			},
			why: "nobody knows what the code returned before",
		},
		{
			name: "a call that is gone",
			now:  "\treturn o.id, nil // now\n",
			edit: func(now, _ source.Line) *source.Edit {
				return source.WithCall(now, source.Was{Function: "ExecuteActivity", Name: "Charge",
					Inputs: map[int]string{0: `"A-1"`}, All: true}, true, pay)
			},
			sketch: true,
			why:    "with the arguments of the history, as a sketch",
			want: begin + "if v == workflow.DefaultVersion {\n" +
				"\t_ = workflow.ExecuteActivity(ctx, \"Charge\", \"A-1\").Get(ctx, nil)\n}\n",
		},
		{
			name: "the other order",
			now: "\tworkflow.NewTimer(ctx, time.Hour) // now\n\tpaid := workflow.ExecuteActivity(ctx, \"Charge\") // there\n" +
				"\treturn o.id, paid.Get(ctx, nil)\n",
			edit: func(now, there source.Line) *source.Edit {
				return source.InOrder([]source.Line{there, now}, pay)
			},
			why: "paid is used below",
			want: begin + "var paid workflow.Future\nif v == workflow.DefaultVersion {\n" +
				"\tpaid = workflow.ExecuteActivity(ctx, \"Charge\")\n\tworkflow.NewTimer(ctx, time.Hour)\n} else {\n" +
				"\tworkflow.NewTimer(ctx, time.Hour)\n\tpaid = workflow.ExecuteActivity(ctx, \"Charge\")\n}\n",
		},
		{
			name: "one after the other",
			now: "\tpaid := workflow.ExecuteActivity(ctx, \"Charge\") // there\n\t_ = paid.Get(ctx, nil)\n" +
				"\tworkflow.ExecuteActivity(ctx, \"Ship\") // now\n\treturn o.id, nil\n",
			edit: func(now, there source.Line) *source.Edit { return source.Follow(now, there, pay) },
			why:  "executions that began before had both at once",
			want: begin + "if v == workflow.DefaultVersion {\n\tworkflow.ExecuteActivity(ctx, \"Ship\")\n" +
				"\t_ = paid.Get(ctx, nil)\n} else {\n\t_ = paid.Get(ctx, nil)\n" +
				"\tworkflow.ExecuteActivity(ctx, \"Ship\")\n}\n",
		},
		{
			name: "one after the other, if that did not fail",
			now: "\tpaid := workflow.ExecuteActivity(ctx, \"Charge\") // there\n\tif err := paid.Get(ctx, nil); err != nil {\n\t\treturn \"\", err\n\t}\n" +
				"\tworkflow.ExecuteActivity(ctx, \"Ship\") // now\n\treturn o.id, nil\n",
			edit:   func(now, there source.Line) *source.Edit { return source.Follow(now, there, pay) },
			sketch: true,
			why:    "nobody knows whether the code of then ended there",
			want: begin + "if v == workflow.DefaultVersion {\n\tworkflow.ExecuteActivity(ctx, \"Ship\")\n" +
				"\tif err := paid.Get(ctx, nil); err != nil {\n\t\treturn \"\", err\n\t}\n} else {\n\tif err := paid.Get(ctx, nil); err != nil {\n\t\treturn \"\", err\n\t}\n" +
				"\tworkflow.ExecuteActivity(ctx, \"Ship\")\n}\n",
		},
		{
			name: "both at once",
			now: "\tpaid := workflow.ExecuteActivity(ctx, \"Charge\") // there\n" +
				"\tworkflow.ExecuteActivity(ctx, \"Ship\") // now\n\t_ = paid.Get(ctx, nil)\n\treturn o.id, nil\n",
			edit: func(now, there source.Line) *source.Edit { return source.Await(now, there, pay) },
			why:  "executions that began before had waited in between",
			want: begin + "if v == workflow.DefaultVersion {\n\t_ = paid.Get(ctx, nil)\n" +
				"\tworkflow.ExecuteActivity(ctx, \"Ship\")\n} else {\n\tworkflow.ExecuteActivity(ctx, \"Ship\")\n" +
				"\t_ = paid.Get(ctx, nil)\n}\n",
		},
		{
			name: "the other order, with a context in between",
			now: "\tpaid := workflow.ExecuteActivity(ctx, \"Charge\") // now\n\treminding, stop := workflow.WithCancel(ctx)\n" +
				"\tworkflow.NewTimer(reminding, time.Hour) // there\n\tstop()\n\treturn o.id, paid.Get(ctx, nil)\n",
			edit: func(now, there source.Line) *source.Edit {
				return source.InOrder([]source.Line{there, now}, pay)
			},
			why: "a timer needs its context",
			want: begin + "var paid workflow.Future\nvar stop workflow.CancelFunc\nvar reminding workflow.Context\n" +
				"if v == workflow.DefaultVersion {\n\treminding, stop = workflow.WithCancel(ctx)\n" +
				"\tworkflow.NewTimer(reminding, time.Hour)\n\tpaid = workflow.ExecuteActivity(ctx, \"Charge\")\n} else {\n" +
				"\tpaid = workflow.ExecuteActivity(ctx, \"Charge\")\n\treminding, stop = workflow.WithCancel(ctx)\n" +
				"\tworkflow.NewTimer(reminding, time.Hour)\n}\n",
		},
		{
			name: "the other order, where one call needs what the other one gives",
			now: "\tvar id string\n\terr := workflow.ExecuteActivity(ctx, \"Charge\").Get(ctx, &id) // now\n" +
				"\tworkflow.ExecuteActivity(ctx, \"Ship\", id) // there\n\treturn id, err\n",
			edit: func(now, there source.Line) *source.Edit {
				return source.InOrder([]source.Line{there, now}, pay)
			},
			why: "nobody knows what the code gave it before",
		},
		{
			name: "one after the other, with a context in between",
			now: "\tpaid := workflow.ExecuteActivity(ctx, \"Charge\") // there\n\t_ = paid.Get(ctx, nil)\n" +
				"\treminding, _ := workflow.WithCancel(ctx)\n\tworkflow.NewTimer(reminding, time.Hour) // now\n\treturn o.id, nil\n",
			edit: func(now, there source.Line) *source.Edit { return source.Follow(now, there, pay) },
			why:  "a timer needs its context",
			want: begin + "if v == workflow.DefaultVersion {\n\treminding, _ := workflow.WithCancel(ctx)\n" +
				"\tworkflow.NewTimer(reminding, time.Hour)\n\t_ = paid.Get(ctx, nil)\n} else {\n\t_ = paid.Get(ctx, nil)\n" +
				"\treminding, _ := workflow.WithCancel(ctx)\n\tworkflow.NewTimer(reminding, time.Hour)\n}\n",
		},
		{
			name: "one after the other, with what the first one gives",
			now: "\tvar id string\n\tpaid := workflow.ExecuteActivity(ctx, \"Charge\") // there\n\t_ = paid.Get(ctx, &id)\n" +
				"\tworkflow.ExecuteActivity(ctx, \"Ship\", id) // now\n\treturn o.id, nil\n",
			edit: func(now, there source.Line) *source.Edit { return source.Follow(now, there, pay) },
			why:  "before that was not there yet",
		},
		{
			name: "both at once, and waited for together",
			now: "\tpaid := workflow.ExecuteActivity(ctx, \"Charge\") // there\n" +
				"\tsent := workflow.ExecuteActivity(ctx, \"Ship\") // now\n" +
				"\treturn o.id, errors.Join(paid.Get(ctx, nil), sent.Get(ctx, nil))\n",
			edit:   func(now, there source.Line) *source.Edit { return source.Await(now, there, pay) },
			sketch: true,
			why:    "nothing can wait for what is not begun yet",
			want:   begin + "if v == workflow.DefaultVersion {\n\t_ = paid.Get(ctx, nil)\n}\n",
		},
		{
			name: "both at once, and waited for together, with an end below",
			now: "\tpaid := workflow.ExecuteActivity(ctx, \"Charge\") // there\n" +
				"\tsent := workflow.ExecuteActivity(ctx, \"Ship\") // now\n" +
				"\terr := errors.Join(paid.Get(ctx, nil), sent.Get(ctx, nil))\n\treturn o.id, err\n",
			edit:   func(now, there source.Line) *source.Edit { return source.Await(now, there, pay) },
			sketch: true,
			why:    "the statement that waits for both stays behind both",
			want:   begin + "if v == workflow.DefaultVersion {\n\t_ = paid.Get(ctx, nil)\n}\n",
		},
		{
			name: "a new call that is waited for together with another one",
			now: "\tpaid := workflow.ExecuteActivity(ctx, \"Charge\")\n" +
				"\tsent := workflow.ExecuteActivity(ctx, \"Ship\") // now\n" +
				"\terr := errors.Join(paid.Get(ctx, nil), sent.Get(ctx, nil))\n\tif err != nil {\n\t\treturn \"\", err\n\t}\n\treturn o.id, nil\n",
			edit: func(now, _ source.Line) *source.Edit {
				return source.WithoutCall(source.Call{Line: now, Functions: []string{"ExecuteActivity"}}, pay)
			},
			why: "the other one is still to be waited for",
			want: begin + "var err error\nif v == workflow.DefaultVersion {\n" +
				"\terr = paid.Get(ctx, nil)\n} else {\n" +
				"\tsent := workflow.ExecuteActivity(ctx, \"Ship\")\n" +
				"\terr = errors.Join(paid.Get(ctx, nil), sent.Get(ctx, nil))\n}\n",
		},
		{
			name: "a new call in a variable that was there",
			now: "\tvar sent workflow.Future\n\tsent = workflow.ExecuteActivity(ctx, \"Ship\") // now\n" +
				"\t_ = sent.Get(ctx, nil)\n\treturn o.id, nil\n",
			edit: func(now, _ source.Line) *source.Edit {
				return source.WithoutCall(source.Call{Line: now, Functions: []string{"ExecuteActivity"}}, pay)
			},
			why: "a future that is nil cannot be waited for",
			want: begin + "if v != workflow.DefaultVersion {\n\tsent = workflow.ExecuteActivity(ctx, \"Ship\")\n" +
				"\t_ = sent.Get(ctx, nil)\n}\n",
		},
		{
			name: "a cancellation that is gone",
			now: "\tctx, stop := workflow.WithCancel(ctx)\n\tworkflow.NewTimer(ctx, time.Hour)\n" +
				"\tdefer stop()\n\treturn o.id, nil // now\n",
			edit: func(now, _ source.Line) *source.Edit {
				return source.WithCall(now, source.Was{Function: "cancel"}, false, pay)
			},
			why:  "the function cancels one context only",
			want: begin + "if v == workflow.DefaultVersion {\n\tstop()\n}\n",
		},
		{
			name: "a handler under both names",
			now: "\tif err := workflow.SetUpdateHandler(ctx, \"rebate\", o.pay); err != nil { // now\n" +
				"\t\treturn \"\", err\n\t}\n\treturn o.id, nil\n",
			edit: func(now, _ source.Line) *source.Edit {
				return source.AlsoNamed(source.Call{Line: now, Functions: []string{"SetUpdateHandler"}}, "discount")
			},
			why: "an update can come under either name, whichever code has begun the execution",
			want: "if err := workflow.SetUpdateHandler(ctx, \"discount\", o.pay); err != nil {\n" +
				"\treturn \"\", err\n}\n",
		},
		{
			name: "a handler under both names, whose error is returned",
			now:  "\treturn workflow.SetUpdateHandler(ctx, \"rebate\", o.pay) // now\n",
			edit: func(now, _ source.Line) *source.Edit {
				return source.AlsoNamed(source.Call{Line: now, Functions: []string{"SetUpdateHandler"}}, "discount")
			},
			why: "behind a return nothing is handled under the new name",
			want: "if err := workflow.SetUpdateHandler(ctx, \"discount\", o.pay); err != nil {\n" +
				"\treturn err\n}\n",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, test.why)
			at, path := written(t, function("Now", test.now))
			there := source.Line{File: path}
			if test.edit != nil && containsMark(test.now, "there") {
				there = at("there")
			}
			edit := test.edit(at("now"), there)
			require.Empty(t, cmp.Diff(test.want, text(edit)), test.why)
			require.Equal(t, test.sketch, edit != nil && edit.Sketch, test.why)
		})
	}
}

// TestContextOf finds the context of a call, for code that stands in the same function.
func TestContextOf(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ now, want, why string }{
		{"\treminding, _ := workflow.WithCancel(ctx)\n\tworkflow.NewTimer(reminding, time.Hour) // now\n" +
			"\treturn o.id, nil // there\n", "reminding", "the timer is to be cancelled with it"},
		{"\tworkflow.NewTimer(workflow.WithValue(ctx, 1, 2), time.Hour) // now\n\treturn o.id, nil // there\n", "",
			"an expression is too much for a sketch"},
		{"\tworkflow.Go(ctx, func(ctx workflow.Context) {\n\t\tinner, _ := workflow.WithCancel(ctx)\n" +
			"\t\tworkflow.NewTimer(inner, time.Hour) // now\n\t})\n\treturn o.id, nil // there\n", "",
			"another function has not got it"},
		{"\tid := o.id // now\n\treturn id, nil // there\n", "", "there is no call"},
	} {
		at, _ := written(t, function("Now", test.now))
		got := source.ContextOf(source.Call{Line: at("now"), Functions: []string{"NewTimer"}}, at("there"))
		require.Equal(t, test.want, got, test.why)
	}
}
