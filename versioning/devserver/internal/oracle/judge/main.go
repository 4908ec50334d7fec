// Command judge judges recordings of programs that are written as Go source. It is built with an
// overlay that has the source.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/oracle"
	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/program"
	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/source/written"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// main reads requests from standard input, and writes a row for each, in their order.
func main() {
	var requests []oracle.Request
	err := json.NewDecoder(os.Stdin).Decode(&requests)
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(judgeAll(requests))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "judge:", err)
		os.Exit(1)
	}
}

func judgeAll(requests []oracle.Request) []oracle.Row {
	rows := make([]oracle.Row, len(requests))
	next := make(chan int)
	var group sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for i := range next {
				rows[i] = judge(requests[i])
			}
		})
	}
	for i := range requests {
		next <- i
	}
	close(next)
	group.Wait()
	return rows
}

func judge(request oracle.Request) oracle.Row {
	ctx := context.Background()
	row := oracle.Row{Number: request.Number}
	dir, name := filepath.Split(request.Recording)
	recording, err := history.ReadFile(os.DirFS(dir), name)
	if err != nil {
		row.Reference, row.ReferenceWhy = replay.Unjudged, err.Error()
		return row
	}
	stages := []versioning.Stage{stage("old", request.Old), stage("new", request.New)}
	opts := &replay.Options{Stages: stages, Explain: true}
	was := replay.Judge(ctx, stages[0], recording, opts)
	if row.Reference = was.Verdict; was.Verdict != replay.Safe {
		row.ReferenceWhy = advice.Line(was)
	}
	got := replay.Judge(ctx, stages[1], recording, opts)
	row.Verdict, row.Place = got.Verdict, got.Place
	row.Kind, row.Cause, row.Line = string(got.Cause.Kind), got.Cause.String(), advice.Line(got)
	row.Patch = advice.Explain(got).Patch
	if request.Rehearse {
		rehearser := rehearse.New(nil)
		defer rehearser.Close()
		effects := rehearser.Rehearse(ctx, rehearse.Request{Stage: stages[1], Recording: recording, Reference: &stages[0]})
		settled := effects.Settle(got, recording)
		row.Settled = settled.Verdict
		if settled.Verdict != replay.Safe {
			row.SettledWhy = advice.Line(settled)
		}
	}
	return row
}

// stage is a stage whose code is a function of package written.
func stage(name, function string) versioning.Stage {
	s := program.Stage(name, &program.Program{})
	s.Register = func(r worker.WorkflowRegistry) {
		r.RegisterWorkflowWithOptions(written.Find(function), workflow.RegisterOptions{Name: program.Type})
	}
	return s
}
