package main

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/generate"
	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/pair"
	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/program"
)

type steps = []program.Step

// found are changes in which TestRandomChanges has found a fault, as small as they get.
var found = []struct {
	name     string
	old, new steps
	why      string
}{
	{
		name: "mutable side effect that is equal",
		old:  steps{{Kind: program.MutableSideEffect, Name: "color", Value: "yes"}, {Kind: program.Receive, Name: "note"}},
		new:  steps{{Kind: program.Receive, Name: "note"}, {Kind: program.MutableSideEffect, Name: "color", Value: "yes"}},
		why:  "an earlier task has the marker, and this call is the first: where the task has no marker, the value is that one",
	},
	{
		name: "local activities of a cancelled context",
		old:  steps{{Kind: program.Timer, Duration: generate.Long}},
		new: steps{{Kind: program.Timer, Duration: generate.Long}, {Kind: program.Fork, Blocks: []steps{
			{{Kind: program.LocalActivity, Name: program.Ship}, {Kind: program.SideEffect, Value: "a"}},
			{{Kind: program.LocalActivity, Name: program.Charge}, {Kind: program.SideEffect, Value: "b"}}}}},
		why: "they do not run, and which is the first to say so is a race",
	},
	{
		name: "local activities side by side",
		old: steps{{Kind: program.Receive, Name: "note"}, {Kind: program.Fork, Blocks: []steps{
			{{Kind: program.LocalActivity, Name: program.Ship, Value: "a"}}, {{Kind: program.LocalActivity, Name: program.Charge, Value: "a"}},
			{{Kind: program.LocalActivity, Name: program.Reserve, Value: "a"}}}}, {Kind: program.Receive, Name: "note"}},
		new: steps{{Kind: program.Receive, Name: "note"}, {Kind: program.Fork, Blocks: []steps{
			{{Kind: program.LocalActivity, Name: program.Ship, Value: "a"}}, {{Kind: program.LocalActivity, Name: program.Charge, Value: "a"}},
			{{Kind: program.LocalActivity, Name: program.Reserve, Value: "b"}}}}, {Kind: program.Receive, Name: "note"}},
		why: "the one that is done first has the first marker: a rehearsal of what happened hands them on in that order",
	},
	{
		name: "nothing that comes by itself",
		old: steps{{Kind: program.Notify, Name: "go", Target: generate.Sink}, {Kind: program.Child, Name: program.Ship, Value: "c"},
			{Kind: program.Receive, Name: "note"}, {Kind: program.Receive, Name: "pay"}},
		new: steps{{Kind: program.Notify, Name: "go", Target: generate.Sink}, {Kind: program.Receive, Name: "note"},
			{Kind: program.Child, Name: program.Ship, Value: "c"}, {Kind: program.Receive, Name: "pay"}},
		why: "the code that ran the execution says that it hangs, where the news are recorded and the task is not",
	},
	{
		name: "old Workers close what they take back",
		old:  steps{{Kind: program.Receive, Name: "note"}},
		new:  steps{{Kind: program.Receive, Name: "note"}, {Kind: program.Activity, Name: program.Charge, Value: "a"}},
		why:  "the old code ends in a task after which the new code goes on: its Workers close the execution",
	},
	{
		name: "old Workers close on news",
		old: steps{{Kind: program.Receive, Name: "note"}, {Kind: program.Cancelled, Duration: generate.Long,
			Blocks: []steps{{{Kind: program.Receive, Name: "pay"}}}}},
		new: steps{{Kind: program.Receive, Name: "note"}, {Kind: program.Receive, Name: "pay"}},
		why: "they are stuck, but for the task in which the old code closes: there nothing is compared",
	},
	{
		name: "a local activity that an earlier task has reached",
		old: steps{{Kind: program.Receive, Name: "note"}, {Kind: program.LocalActivity, Name: program.Ship, Value: "a"},
			{Kind: program.Receive, Name: "note"}},
		new: steps{{Kind: program.Receive, Name: "note"}, {Kind: program.Receive, Name: "note"},
			{Kind: program.LocalActivity, Name: program.Ship, Value: "a"}},
		why: "the old Worker replays the call, finds no marker, and runs it in the task that it has: the oracle has to see that",
	},
}

// TestFoundByChance runs each of them to several waiting points, with several news.
func TestFoundByChance(t *testing.T) {
	server := start(t, Options{Address: "127.0.0.1:0"})
	bench, err := pair.NewBench(t.Context(), server.Address(), server.Namespace())
	require.NoError(t, err)
	t.Cleanup(bench.Close)
	for seed, tt := range found {
		t.Run(tt.name, func(t *testing.T) {
			const draws = 12
			for number := range draws {
				p := pair.Pair{Seed: uint64(seed), Number: number, Old: &program.Program{Steps: tt.old}, New: &program.Program{Steps: tt.new}}
				s, err := bench.Run(t.Context(), p)
				for again := 1; errors.Is(err, pair.ErrRaced) && again < tries; again++ {
					s, err = bench.Run(t.Context(), p)
				}
				require.NoError(t, err)
				c, err := s.Compare(t.Context(), p)
				require.NoError(t, err)
				if s.Back != nil {
					t.Logf("said: %s, live: %s on news of %s", c.Return, s.Back.Outcome, s.Back.News[0])
				}
				require.Empty(t, c.Disagreements, "%s\n%s", tt.why, s.Report(p, c))
			}
		})
	}
}
