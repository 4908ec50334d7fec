package redact_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/testdata/encrypted"
	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/redact"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

type order struct {
	ID      string
	Email   string
	Amount  int
	Placed  time.Time
	Waits   string
	Photo   []byte
	Express bool
}

// TestKept has code that looks at its data, and what of it has to stay.
func TestKept(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name                    string
		workflow                any
		input, argument, answer any
		result                  any
		kept                    []string
		gone                    []string
		why                     string
	}{
		{
			name: "nothing", why: "what passes through is replaced, and so is what is made of it",
			workflow: func(ctx workflow.Context, o order) (string, error) {
				answer, err := check[string](ctx, "order-"+o.ID)
				return strings.ToUpper(answer), err
			},
			input: order{ID: "4711", Email: "alice@example.com"}, argument: "order-4711", answer: "granted by bob",
			result: "GRANTED BY BOB",
			gone:   []string{"4711", "alice", "bob", "BOB"},
		},
		{
			name: "branch", why: "the value decides the path",
			workflow: func(ctx workflow.Context, o order) (string, error) {
				answer, err := check[string](ctx, o.Email)
				if answer != "approved" {
					return "", errors.New("refused")
				}
				return o.ID, err
			},
			input: order{ID: "order-4711", Email: "alice@example.com"}, argument: "alice@example.com",
			answer: "approved", result: "order-4711",
			kept: []string{"7 ActivityTaskCompleted(Check).result[0]: the replay needs it"},
			gone: []string{"4711", "alice"},
		},
		{
			name: "size", why: "of the number only the size decides",
			workflow: func(ctx workflow.Context, o order) (string, error) {
				if o.Amount < 5000 || o.Amount >= 6000 {
					return "", nil
				}
				return check[string](ctx, o.ID)
			},
			input: order{ID: "order-4711", Amount: 5317}, argument: "order-4711", answer: "granted", result: "granted",
			kept: []string{"1 WorkflowExecutionStarted.input[0].Amount: the replay needs a part of it"},
			gone: []string{"4711", "5317", "granted"},
		},
		{
			name: "prefix", why: "of the ID only the letters decide",
			workflow: func(ctx workflow.Context, o order) (string, error) {
				if !strings.HasPrefix(o.ID, "order-") {
					return "", nil
				}
				return check[string](ctx, o.Email)
			},
			input: order{ID: "order-4711", Email: "alice@example.com"}, argument: "alice@example.com",
			answer: "granted", result: "granted",
			kept: []string{"1 WorkflowExecutionStarted.input[0].ID: the replay needs a part of it"},
			gone: []string{"4711", "alice", "granted"},
		},
		{
			name: "parsed", why: "code that parses a value gets one that it can parse",
			workflow: func(ctx workflow.Context, o order) (string, error) {
				wait, err := time.ParseDuration(o.Waits)
				if err != nil || o.Placed.IsZero() || len(o.Photo) != 5 {
					return "", err
				}
				return check[string](ctx, map[string]any{"until": o.Placed.Add(wait), "photo": o.Photo})
			},
			input: order{ID: "9", Placed: time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC), Waits: "36h",
				Photo: []byte("photo")},
			argument: json.RawMessage(`{"until":"2026-03-02T22:00:00Z","photo":"cGhvdG8="}`), answer: "granted",
			result: "granted",
			gone:   []string{"2026-03", "cGhvdG8=", "36h", "granted"},
		},
		{
			name: "constant", why: "what the code has itself cannot be another value, and tells nothing",
			workflow: func(ctx workflow.Context, _ order) (string, error) { return check[string](ctx, "always this") },
			input:    order{ID: "4711"}, argument: "always this", answer: "granted", result: "granted",
			kept: []string{"5 ActivityTaskScheduled(Check).input[0]: the code makes it of what was not replaced"},
			gone: []string{"4711", "granted"},
		},
		{
			name: "keys", why: "keys that are data are replaced, and those that are names stay",
			workflow: func(ctx workflow.Context, o map[string]any) (string,
				error) {
				return check[string](ctx, o["stock"])
			},
			input:    json.RawMessage(`{"stock":{"alice@example.com":3,"2026-03-01":"x1","4711":[true,null,"",0]}}`),
			argument: json.RawMessage(`{"alice@example.com":3,"2026-03-01":"x1","4711":[true,null,"",0]}`),
			answer:   "granted", result: "granted",
			gone: []string{"4711", "alice", "2026-03-01", "x1"},
		},
		{
			name: "JSON in a string", why: "code that parses it finds its fields",
			workflow: func(ctx workflow.Context, text string) (string, error) {
				var o order
				if err := json.Unmarshal([]byte(text), &o); err != nil || o.ID == "" {
					return "", err
				}
				return check[string](ctx, o.ID)
			},
			input: `{"ID":"order-4711"}`, argument: "order-4711", answer: "granted", result: "granted",
			gone: []string{"4711", "granted"},
		},
		{
			name: "one of two", why: "where a value decides at one place, it is replaced at the other",
			workflow: func(ctx workflow.Context, o order) (string, error) {
				if o.ID != "express" {
					return "", nil
				}
				return check[string](ctx, o.Amount)
			},
			input: order{ID: "express", Email: "express", Amount: 12}, argument: 12, answer: "granted",
			result: "granted",
			kept:   []string{"1 WorkflowExecutionStarted.input[0].ID: the replay needs it"},
			gone:   []string{`"Email":"express"`},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := stage("today", tt.workflow)
			r := one(t, tt.input, tt.argument, tt.answer, tt.result)
			require.Equal(t, replay.Safe, verdictOf(t, s, r), "the fixture replays")
			// A random replacement can be one that decides as the value does.
			got, report, data := redacted(t, r, redact.Options{Salt: []byte("kept")}, s)
			require.Equal(t, replay.Safe, verdictOf(t, s, got), tt.why)
			require.Equal(t, tt.kept, kept(report), "%s\n%s", tt.why, data)
			for _, gone := range tt.gone {
				require.NotContains(t, data, gone, tt.why)
			}
			require.True(t, report.Complete)
			require.Equal(t, "redacted-1",
				got.History.GetEvents()[0].GetWorkflowExecutionStartedEventAttributes().GetIdentity())
		})
	}
}

// TestSameEverywhere follows one value through a recording.
func TestSameEverywhere(t *testing.T) {
	t.Parallel()
	s := stage("today", func(ctx workflow.Context, o order) (string, error) { return check[string](ctx, o.ID) })
	salt := redact.NewSalt()
	r := one(t, order{ID: "order-4711", Email: "order-4711"}, "order-4711", "order-4711", "order-4711")
	_, _, data := redacted(t, r, redact.Options{Salt: salt}, s)
	var o order
	for line := range strings.SplitSeq(data, "\n") {
		if strings.HasPrefix(line, "{") {
			require.NoError(t, json.Unmarshal([]byte(line), &o))
		}
	}
	require.Regexp(t, `^[a-z]{5}-[0-9]{4}$`, o.ID)
	require.Equal(t, 5, strings.Count(data, o.ID), data)
	_, _, again := redacted(t, r, redact.Options{Salt: salt}, s)
	require.Equal(t, strings.Count(again, o.ID), 5, "the same salt gives the same replacements in another recording")
	_, _, other := redacted(t, r, redact.Options{}, s)
	require.NotContains(t, other, o.ID, "and without one they are others each time")
}

// TestVerdictsStay redacts a recording that is judged otherwise by each stage.
func TestVerdictsStay(t *testing.T) {
	t.Parallel()
	r := one(t, order{ID: "order-4711", Amount: 100}, 100, "approved", "order-4711")
	stages := []versioning.Stage{
		stage("today", func(ctx workflow.Context, o order) (string, error) {
			_, err := check[string](ctx, o.Amount)
			return o.ID, err
		}),
		stage("drift", func(ctx workflow.Context, o order) (string, error) {
			_, err := check[string](ctx, o.Amount+1)
			return o.ID, err
		}),
		stage("gone", func(_ workflow.Context, o order) (string, error) { return o.ID, nil }),
		stage("panic", func(ctx workflow.Context, o order) (string, error) {
			if answer, _ := check[string](ctx, o.Amount); answer == "approved" {
				panic(fmt.Sprint("not this one: ", o.ID))
			}
			return o.ID, nil
		}),
	}
	want := []replay.Verdict{replay.Safe, replay.Drift, replay.Nondeterministic, replay.Panic}
	got, report, data := redacted(t, r, redact.Options{}, stages...)
	for i, s := range stages {
		require.Equal(t, want[i], verdictOf(t, s, r))
		require.Equal(t, want[i], verdictOf(t, s, got))
	}
	require.Equal(t, []string{"7 ActivityTaskCompleted(Check).result[0]: the replay needs it"}, kept(report),
		"the stage that panics asks for it")
	require.NotContains(t, data, "4711")

	for i, s := range stages {
		got, _, _ := redacted(t, r, redact.Options{}, s)
		require.Equal(t, want[i], verdictOf(t, s, got), "alone, and be it a bad verdict")
	}
}

// TestRefused has recordings of which nothing can be proven: nothing comes back.
func TestRefused(t *testing.T) {
	t.Parallel()
	r := one(t, "input", "input", "answer", "result")
	foreign := one(t, "input", "input", "answer", "result")
	foreign.History.Events[3].GetWorkflowTaskCompletedEventAttributes().SdkMetadata = sdkMetadata("temporal-java")
	calls := 0
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	for _, tt := range []struct {
		name   string
		ctx    context.Context
		r      *history.Recording
		stages []versioning.Stage
		want   string
		why    string
	}{
		{"no stage", t.Context(), r, nil, "redacting needs a stage", "nothing tells what has to be kept"},
		{"other SDK", t.Context(), foreign,
			[]versioning.Stage{stage("today", func(workflow.Context) error { return nil })},
			"redacting order: no stage can replay it, so nothing tells whether it would stay the same: event 4: " +
				"the execution ran on the SDK temporal-java", "Go code says nothing about it"},
		{"not deterministic", t.Context(), r,
			[]versioning.Stage{stage("today", func(ctx workflow.Context, in string) (string, error) {
				if calls++; calls > 1 {
					panic("again")
				}
				return check[string](ctx, in)
			})}, "stage today does not replay it twice in the same way", "each replay is another one"},
		{"cancelled", cancelled, r, []versioning.Stage{stage("today", func(workflow.Context) error { return nil })},
			"context canceled", "half a search proves nothing"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, _, err := redact.Recording(tt.ctx, tt.stages, tt.r, redact.Options{})
			require.ErrorContains(t, err, tt.want, tt.why)
			require.Nil(t, got, tt.why)
		})
	}
	var unjudged *redact.UnjudgedError
	_, _, err := redact.Recording(t.Context(),
		[]versioning.Stage{stage("today", func(workflow.Context) error { return nil })}, foreign, redact.Options{})
	require.ErrorAs(t, err, &unjudged)
}

// TestLimit stops the search: what was not tried is kept, and told of.
func TestLimit(t *testing.T) {
	t.Parallel()
	fields := map[string]string{}
	for i := range 40 {
		fields[fmt.Sprint("field", i)] = fmt.Sprint("value number ", i, " of them")
	}
	s := stage("today", func(ctx workflow.Context, in map[string]string) (string, error) {
		if in["field17"] != fields["field17"] {
			return "", nil
		}
		return check[string](ctx, in["field3"])
	})
	r := one(t, fields, fields["field3"], "answer", "answer")
	_, all, data := redacted(t, r, redact.Options{}, s)
	require.Equal(t, []string{"1 WorkflowExecutionStarted.input[0].field17: the replay needs it"}, kept(all), data)
	require.Less(t, all.Trials, 30, "a bisection")
	for _, limit := range []int{1, 4, 8} {
		got, report, _ := redacted(t, r, redact.Options{Trials: limit}, s)
		require.False(t, report.Complete)
		require.LessOrEqual(t, report.Trials, max(limit, 2))
		require.Contains(t, kept(report),
			"1 WorkflowExecutionStarted.input[0].field17: not tried: the limit of trials was reached")
		require.Equal(t, replay.Safe, verdictOf(t, s, got), "what is kept replays")
	}
}

// TestNotCalled has recordings that replay the same whatever their values are, since no code reads them: nothing comes back.
func TestNotCalled(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		r      *history.Recording
		stages []versioning.Stage
		want   string
		why    string
	}{
		{"encrypted", read(t, "testdata/histories/encrypted", "base.failed"), encrypted.Family.Stages,
			"its input is not decoded", "without the data converter the function is never called"},
		{"not registered", one(t, "input", "input", "answer", "result"), patching.Family.Stages,
			`workflow type "Order" is not registered`, "the stages are those of another workflow"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, _, err := redact.Recording(t.Context(), tt.stages, tt.r, redact.Options{})
			var notCalled *redact.NotCalledError
			require.ErrorAs(t, err, &notCalled, tt.why)
			require.ErrorContains(t, err, "no stage calls its workflow function")
			require.ErrorContains(t, err, tt.want)
			require.Nil(t, got)
		})
	}
}

// TestAgain redacts what is redacted, and a recording in which nothing ran yet.
func TestAgain(t *testing.T) {
	t.Parallel()
	r := read(t, "histories/patching", "initial.completed")
	once, first, _ := redacted(t, r, redact.Options{}, patching.Family.Stages...)
	_, second, _ := redacted(t, once, redact.Options{}, patching.Family.Stages...)
	require.Equal(t, kept(first), kept(second))
	require.Equal(t, first.Places, second.Places)

	b := &builder{t: t}
	b.started(order{ID: "order-4711"})
	_, report, data := redacted(t, b.recording(), redact.Options{},
		stage("today", func(workflow.Context) error { return nil }))
	require.NotContains(t, data, "4711")
	require.Equal(t, 1, report.Trials)
}
