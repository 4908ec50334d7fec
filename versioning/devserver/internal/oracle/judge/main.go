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
	if was := replay.Judge(ctx, stages[0], recording, opts); was.Verdict != replay.Safe {
		row.ReferenceWhy = advice.Line(was)
		row.Reference = was.Verdict
	} else {
		row.Reference = was.Verdict
	}
	got := replay.Judge(ctx, stages[1], recording, opts)
	row.Verdict, row.Place = got.Verdict, got.Place
	row.Kind, row.Cause, row.Line = string(got.Cause.Kind), got.Cause.String(), advice.Line(got)
	row.Patch = advice.Explain(got).Patch
	if request.Rehearse {
		row.Rehearsed = rehearsed(ctx, stages[1], recording)
	}
	return row
}

// rehearsed is what a live Worker does with the tasks of the recording: the kind of the first effect
// that is not as recorded.
func rehearsed(ctx context.Context, s versioning.Stage, r *history.Recording) string {
	rehearser := rehearse.New(nil)
	defer rehearser.Close()
	effect, err := rehearser.At(ctx, s, r, 0)
	if err != nil {
		return err.Error()
	}
	return string(effect.Kind)
}

// stage is a stage whose code is a function of package written.
func stage(name, function string) versioning.Stage {
	s := program.Stage(name, &program.Program{})
	s.Register = func(r worker.WorkflowRegistry) {
		r.RegisterWorkflowWithOptions(written.Find(function), workflow.RegisterOptions{Name: program.Type})
	}
	return s
}
