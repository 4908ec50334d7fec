package order

import (
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestNoSocket replays and rehearses the order that waits. Each time that the workflow runs, it looks whether this
// process has a socket.
func TestNoSocket(t *testing.T) {
	var runs, most atomic.Int64
	watched := func(ctx workflow.Context, in Input) (string, error) {
		runs.Add(1)
		if n := sockets(t); n > most.Load() {
			most.Store(n)
		}
		return Order(ctx, in)
	}
	family := *Families[0]
	family.Stages = []versioning.Stage{{Name: "today", Doc: "Order, watched.", Register: func(r worker.WorkflowRegistry) {
		r.RegisterWorkflowWithOptions(watched, workflow.RegisterOptions{Name: WorkflowType})
	}}}
	sources, err := history.Dir(os.DirFS("testdata/histories/order"), ".")
	if err != nil {
		t.Fatal(err)
	}
	judged := func(scope rehearse.Scope) matrix.Cell {
		m, err := matrix.Judge(t.Context(), &family, slices.Values(sources), &matrix.Options{Rehearse: scope})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range m.Rows {
			for _, cell := range row.Cells {
				if cell.Recording == "order-1002" {
					return cell
				}
				if cell.Verdict != replay.Safe {
					t.Errorf("%s is %s", cell, cell.Verdict)
				}
			}
		}
		t.Fatal("there is no order-1002")
		return matrix.Cell{}
	}

	if alone := judged(rehearse.None); alone.Verdict != replay.Safe || alone.Effects.Rehearsed != 0 {
		t.Errorf("replay alone: %s, %+v", alone.Verdict, alone.Effects)
	}
	replays := runs.Swap(0)
	live := judged(rehearse.Budgeted)
	if string(live.Verdict) != os.Getenv("WANT") || live.Effects.Rehearsed == 0 || runs.Load() <= replays {
		t.Errorf("rehearsed: %s with %d runs after %d, %+v", live.Verdict, runs.Load(), replays, live.Effects)
	}
	if n := most.Load(); n != 0 {
		t.Errorf("%d sockets", n)
	}

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	if sockets(t) == 0 {
		t.Error("a listener is not seen, so nothing was proven")
	}
}

// sockets is the number of those that are open.
func sockets(t *testing.T) (n int64) {
	files, err := filepath.Glob("/proc/self/fd/*")
	if err != nil || len(files) == 0 {
		t.Error("cannot see the files of this process", err)
	}
	for _, file := range files {
		if target, err := os.Readlink(file); err == nil && strings.HasPrefix(target, "socket:") {
			n++
		}
	}
	return n
}
