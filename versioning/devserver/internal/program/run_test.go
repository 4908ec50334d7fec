package program_test

import (
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/program"
)

type steps = []program.Step

// registry registers with a test environment.
type registry struct {
	worker.ActivityRegistry
	worker.WorkflowRegistry
}

func TestRun(t *testing.T) {
	t.Parallel()
	charge := program.Step{Kind: program.Activity, Name: program.Charge, Value: "a"}
	note := func(value string) program.Step { return program.Step{Kind: program.SideEffect, Value: value} }
	for _, tt := range []struct {
		name  string
		steps steps
		want  string
		fails string
		why   string
	}{
		{"nothing", nil, "", "", "a workflow that gets past its steps completes"},
		{"activity", steps{charge}, "Chargeed", "", "the result shows what the code got"},
		{"local activity", steps{{Kind: program.LocalActivity, Name: program.Ship}}, "Shiped", "", "as an activity"},
		{"failed", steps{{Kind: program.LocalActivity, Name: program.Rejected}, charge}, "failed Chargeed", "", "the code goes on"},
		{"number", steps{{Kind: program.Activity, Name: program.Charge, Target: program.Decimal}}, "failed", "",
			"a value of another Go type does not decode"},
		{"timer", steps{{Kind: program.Timer, Duration: time.Hour}}, "slept", "", "it waits"},
		{"signal", steps{{Kind: program.Receive, Name: "go"}, {Kind: program.Timer, Duration: 1}, {Kind: program.Drain, Name: "go"}}, "yes slept no", "",
			"what is there is drained"},
		{"update", steps{{Kind: program.Handle, Name: "adjust", Blocks: []steps{{charge}}}, {Kind: program.AwaitUpdates, Count: 1}},
			"yes Chargeed updated", "", "the handler notes its argument"},
		{"select", steps{{Kind: program.Select, Duration: 3 * time.Hour, Name: "go", Blocks: []steps{nil, {note("first")}, nil}}},
			"yes first", "", "the block of the first case runs"},
		{"select by time", steps{{Kind: program.Select, Duration: time.Second, Name: "go", Blocks: []steps{{note("late")}, nil, nil}}},
			"timed out late", "", "the timer is a case"},
		{"select an activity", steps{{Kind: program.Select, Name: "go", Value: program.Ship, Blocks: []steps{nil, nil, {note("shipped")}}}},
			"Shiped shipped", "", "the activity is a case"},
		{"wait group", steps{{Kind: program.Fork, Blocks: []steps{{charge}, {note("b")}}}}, "b Chargeed", "", "both run"},
		{"channel", steps{{Kind: program.Fork, Flag: true, Blocks: []steps{{charge}, {{Kind: program.Fail}}}}}, "ended Chargeed", "",
			"what fails in a coroutine ends the coroutine"},
		{"cancelled", steps{{Kind: program.Cancelled, Duration: time.Hour, Blocks: []steps{{charge}}}}, "Chargeed not finished", "",
			"the timer ends when it is cancelled"},
		{"mutable side effect", steps{{Kind: program.MutableSideEffect, Name: "color", Value: "red"}}, "red", "", "the value"},
		{"version", steps{{Kind: program.Version, Name: "c", Min: -1, Max: 1, Blocks: []steps{{note("old")}, nil, {note("new")}}}},
			"new", "", "a live task takes the newest"},
		{"loop", steps{{Kind: program.Repeat, Count: 2, Blocks: []steps{{note("a")}}}}, "a a", "", "twice"},
		{"then", steps{note("a"), {Kind: program.When, Value: "a", Blocks: []steps{{note("then")}, {note("else")}}}}, "a then", "",
			"the last value decides"},
		{"else", steps{note("b"), {Kind: program.When, Value: "a", Blocks: []steps{{note("then")}, {note("else")}}}}, "b else", "",
			"the last value decides"},
		{"return", steps{{Kind: program.Repeat, Count: 2, Blocks: []steps{{{Kind: program.Return, Value: "early"}}}}, charge}, "early", "",
			"nothing runs after it"},
		{"fail", steps{{Kind: program.Fail, Value: "broken"}}, "", "broken", "the workflow fails"},
		{"continue", steps{{Kind: program.ContinueAsNew}}, "", "continue as new", "the first run does"},
		{"child", steps{{Kind: program.Child, Name: program.Reserve, Flag: true}}, "done", "", "its result"},
		{"spawn", steps{{Kind: program.Spawn, Name: program.Reserve}}, "spawned", "", "it does not wait for the result"},
		{"unknown", steps{{Kind: "dance"}}, "", `unknown kind "dance"`, "a step that nobody runs is a fault of the generator"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var suite testsuite.WorkflowTestSuite
			suite.SetLogger(log.NewStructuredLogger(slog.New(slog.DiscardHandler)))
			env := suite.NewTestWorkflowEnvironment()
			p := &program.Program{Steps: tt.steps}
			program.Stage("x", p).Register(registry{env, env})
			program.Stage("x", p).RegisterActivities(registry{env, env})
			env.RegisterWorkflowWithOptions(func(workflow.Context, string) (string, error) { return "done", nil },
				workflow.RegisterOptions{Name: program.Reserve})
			env.RegisterDelayedCallback(func() {
				env.SignalWorkflow("go", "yes")
				env.SignalWorkflow("go", "no")
				env.UpdateWorkflow("adjust", "1", &testsuite.TestUpdateCallback{
					OnReject: func(error) {}, OnAccept: func() {}, OnComplete: func(any, error) {}}, "yes")
			}, time.Minute)
			env.ExecuteWorkflow(program.Type, "begin")
			if tt.fails != "" {
				require.ErrorContains(t, env.GetWorkflowError(), tt.fails, tt.why)
				return
			}
			var got string
			require.NoError(t, env.GetWorkflowResult(&got))
			require.Equal(t, tt.want, got, tt.why)
		})
	}
}
