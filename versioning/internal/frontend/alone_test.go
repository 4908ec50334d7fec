package frontend_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	failurepb "go.temporal.io/api/failure/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
	"google.golang.org/protobuf/proto"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/internal/frontend"
)

const alone = "REPLAYMATRIX_CACHE_SIZE"

// TestAlone runs TestInProcess with caches of several sizes, each in a process of its own: the SDK has
// one cache in a process, and its size is that of the first Worker.
func TestAlone(t *testing.T) {
	t.Parallel()
	for _, size := range []string{"0", "1", "2", "10000"} {
		t.Run(size, func(t *testing.T) {
			t.Parallel()
			c := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestInProcess$", "-test.v", "-test.timeout=5m")
			c.Env = append(os.Environ(), alone+"="+size)
			out, err := c.CombinedOutput()
			require.NoError(t, err, string(out))
			require.Contains(t, string(out), "--- PASS: TestInProcess", string(out))
		})
	}
}

// TestInProcess has a live Worker whose execution is cached, and rehearses the same run in the same
// process, in all the ways in which a task can end. The live Worker goes on with what it has, and
// nothing is left over.
func TestInProcess(t *testing.T) {
	size, err := strconv.Atoi(os.Getenv(alone))
	if err != nil {
		t.Skip("it needs a process of its own: TestAlone starts it")
	}
	worker.SetStickyWorkflowCacheSize(size)
	r := recording(t, "patching/initial.completed")
	initial := stage(t, "initial")
	service := newService(r)
	live := service.startLive(t, initial)
	service.first(t)

	rehearse(t, 500) // what the SDK makes once is there afterwards
	before, heap := runtime.NumGoroutine(), allocated()
	for range 3 {
		rehearse(t, 500)
	}
	// A cache of 10,000 has room. One of 2 holds a single execution (newWorkerCache in the SDK's
	// internal/internal_worker_cache.go takes one off), so a rehearsal under way drives the live one
	// out. Smaller ones hold none.
	roomy := size > 100
	service.next(t, roomy)
	if roomy {
		require.Zero(t, service.fetched.Load(), "the live Worker still has the execution")
		require.EqualValues(t, 1, service.cached.Load(), "no rehearsal is left in the cache")
	}
	settles(t, "goroutines", func() int { return runtime.NumGoroutine() }, before+10)
	settles(t, "bytes", allocated, heap+4<<20)
	live.Stop()
}

// rehearse does n tasks of the run.
func rehearse(t *testing.T, n int) {
	t.Helper()
	r := recording(t, "patching/initial.completed")
	w := start(t, stage(t, "initial"), 2)
	refuses := start(t, stage(t, "patch-deprecated"), 1)
	broken := client.Options{FailureConverter: &panickingFailures{temporal.GetDefaultFailureConverter()}}
	panics := startAll(t, doing(func() error { return errors.New("it fails") }), broken, 0)
	stuck := startAll(t, doing(func() error { time.Sleep(300 * time.Millisecond); return nil }), client.Options{},
		100*time.Millisecond)
	fails := startAll(t, doing(func() error { panic("workflow code panics") }), client.Options{}, 0)
	elsewhere := startAll(t, stage(t, "initial"), client.Options{ExternalStorage: converter.ExternalStorage{
		Drivers: []converter.StorageDriver{lost{}}}}, 0)
	defer func() {
		for _, one := range []*frontend.Worker{w, refuses, panics, stuck, fails, elsewhere} {
			one.Stop()
		}
	}()
	var group sync.WaitGroup
	var taken atomic.Int64
	for range 4 {
		group.Go(func() {
			for i := taken.Add(1); i <= int64(n); i = taken.Add(1) {
				ctx, cancel := context.WithCancel(context.Background())
				task := taskAt(r, 9, 3)
				on := w
				switch i % 10 {
				case 1:
					on = refuses
				case 2: // nobody waits any more when the Worker has it
					task.Begins = func(*workflow.Info) { cancel() }
				case 3: // a task that follows
					task = taskAt(r, 3, 0)
					task.Next = func(*frontend.Answer) *frontend.Task { return following(r.History.GetEvents()) }
				case 4: // open after it
					task = taskAt(r, 3, 0)
				case 5:
					on = panics
				case 6:
					on = stuck
				case 7:
					on = fails
				case 8: // a task that follows, with a value that cannot be had
					on = elsewhere
					task = taskAt(r, 3, 0)
					task.Next = func(*frontend.Answer) *frontend.Task { return storedElsewhere(r.History.GetEvents()) }
				}
				a, err := on.Do(ctx, task)
				switch i % 10 {
				case 2:
					if err != nil && !errors.Is(err, context.Canceled) {
						t.Errorf("a task that is given up: %v", err)
					}
				case 5:
					if !errors.Is(err, frontend.ErrNoAnswer) {
						t.Errorf("a Worker that panics: %v", err)
					}
				case 1, 6, 7, 8:
					if err != nil || a.Failed == nil {
						t.Errorf("task %d: not refused: %v", i%10, err)
					}
				default:
					if err != nil || a.Failed != nil {
						t.Errorf("task %d: %v", i%10, err)
					}
				}
				cancel()
			}
		})
	}
	group.Wait()
}

// doing is a stage whose workflows do this.
func doing(what func() error) versioning.Stage {
	return versioning.Stage{Name: "does", Register: func(r worker.WorkflowRegistry) {
		r.RegisterDynamicWorkflow(func(workflow.Context, converter.EncodedValues) (string, error) {
			return "", what()
		}, workflow.DynamicRegisterOptions{})
	}}
}

type panickingFailures struct{ converter.FailureConverter }

func (*panickingFailures) ErrorToFailure(error) *failurepb.Failure { panic("no failure can be made") }

func startAll(t testing.TB, stage versioning.Stage, options client.Options,
	deadlock time.Duration) *frontend.Worker {
	t.Helper()
	var w *frontend.Worker
	w, err := frontend.Start(frontend.Options{
		Namespace: "default", Register: stage.Register, Client: options,
		Worker: worker.Options{
			DeadlockDetectionTimeout: deadlock,
			Interceptors: []interceptor.WorkerInterceptor{
				&first{began: func(info *workflow.Info) { w.Began(info) }},
			},
		},
	})
	require.NoError(t, err)
	return w
}

func allocated() int {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

// settles waits until there is no more than most.
func settles(t *testing.T, what string, now func() int, most int) {
	t.Helper()
	n := 0
	for range 100 {
		if n = now(); n <= most {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	buf := make([]byte, 1<<20)
	t.Fatalf("%d %s, more than %d:\n%s", n, what, most, buf[:runtime.Stack(buf, true)])
}

// following is the task of the events after the first one.
func following(list []*historypb.HistoryEvent) *frontend.Task {
	task := &frontend.Task{Previous: 3}
	for _, e := range list[3:9] {
		task.Events = append(task.Events, proto.CloneOf(e))
	}
	return task
}

// storedElsewhere has a result that is in an external storage.
func storedElsewhere(list []*historypb.HistoryEvent) *frontend.Task {
	task := following(list)
	for _, e := range task.Events {
		if a := e.GetActivityTaskCompletedEventAttributes(); a != nil {
			a.Result = &commonpb.Payloads{Payloads: []*commonpb.Payload{{
				Metadata: map[string][]byte{"encoding": []byte("json/protobuf"),
					"messageType": []byte("temporal.api.sdk.v1.ExternalStorageReference")},
				Data:             []byte(`{"driverName": "lost"}`),
				ExternalPayloads: []*commonpb.Payload_ExternalPayloadDetails{{SizeBytes: 1}},
			}}}
		}
	}
	return task
}

// lost is a storage that has lost everything.
type lost struct{}

func (lost) Name() string { return "lost" }
func (lost) Type() string { return "lost" }

func (lost) Store(converter.StorageDriverStoreContext, []*commonpb.Payload) ([]converter.StorageDriverClaim, error) {
	return nil, errors.New("lost")
}

func (lost) Retrieve(converter.StorageDriverRetrieveContext,
	[]converter.StorageDriverClaim) ([]*commonpb.Payload, error) {
	return nil, errors.New("lost")
}
