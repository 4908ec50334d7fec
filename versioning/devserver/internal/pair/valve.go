package pair

import (
	"context"
	"fmt"
	"sync"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/workflowservice/v1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
)

// A valve lets the Workers of a client have one Workflow Task at a time. Without it nobody can say
// at which Workflow Task a Worker is stopped, and a poll that a stopped Worker has left behind can
// take a task that nobody answers.
//
// Workers of the client answer their tasks without a sticky queue, so that the service forgets the
// Worker at once.
type valve struct {
	mutex  sync.Mutex
	queues map[string]*gate
	// tasks has the gates of the tasks that are not answered yet, by task token.
	tasks map[string]*gate
}

// A gate is the valve of one task queue.
type gate struct {
	// polls lets a poll through.
	polls chan struct{}
	// answers gets nil when the service has taken an answer, and otherwise an error.
	answers chan error
}

func newValve() *valve { return &valve{queues: map[string]*gate{}, tasks: map[string]*gate{}} }

// open lets Workers of the queue start, and close forgets them.
func (v *valve) open(queue string) {
	v.mutex.Lock()
	defer v.mutex.Unlock()
	v.queues[queue] = &gate{make(chan struct{}), make(chan error, 1)}
}

func (v *valve) close(queue string) {
	v.mutex.Lock()
	defer v.mutex.Unlock()
	delete(v.queues, queue)
}

// one lets the Worker of the queue take one Workflow Task, and waits until the service has its
// answer. A task that the Worker fails is an error.
func (v *valve) one(ctx context.Context, queue string) error {
	v.mutex.Lock()
	g := v.queues[queue]
	v.mutex.Unlock()
	select {
	case g.polls <- struct{}{}:
	case <-ctx.Done():
		return fmt.Errorf("the Worker does not poll: %w", context.Cause(ctx))
	}
	select {
	case err := <-g.answers:
		return err
	case <-ctx.Done():
		return fmt.Errorf("the Worker gets no task: %w", context.Cause(ctx))
	}
}

// intercept is for the connection of the client.
func (v *valve) intercept(
	ctx context.Context, method string, req, reply any, cc *grpc.ClientConn, invoke grpc.UnaryInvoker, opts ...grpc.CallOption,
) error {
	switch r := req.(type) {
	case *workflowservice.PollWorkflowTaskQueueRequest:
		g := v.gate(r.GetTaskQueue().GetName())
		if r.GetTaskQueue().GetKind() == enumspb.TASK_QUEUE_KIND_STICKY || g == nil {
			<-ctx.Done() // no task ever comes this way
			return ctx.Err()
		}
		select {
		case <-g.polls:
		case <-ctx.Done():
			return ctx.Err()
		}
		err := invoke(ctx, method, req, reply, cc, opts...)
		v.mutex.Lock()
		defer v.mutex.Unlock()
		v.tasks[string(reply.(*workflowservice.PollWorkflowTaskQueueResponse).GetTaskToken())] = g
		return err
	case *workflowservice.RespondWorkflowTaskCompletedRequest:
		once := proto.CloneOf(r)
		once.StickyAttributes = nil
		once.ReturnNewWorkflowTask = false
		err := invoke(ctx, method, once, reply, cc, opts...)
		if status.Code(err) == codes.NotFound {
			v.answered(r.GetTaskToken(), fmt.Errorf("%w: the answer came too late", ErrRaced))
			return err
		}
		v.answered(r.GetTaskToken(), err)
		return err
	case *workflowservice.RespondWorkflowTaskFailedRequest:
		err := invoke(ctx, method, req, reply, cc, opts...)
		v.answered(r.GetTaskToken(), fmt.Errorf("the Worker fails its task: %s: %s", r.GetCause(), r.GetFailure().GetMessage()))
		return err
	}
	return invoke(ctx, method, req, reply, cc, opts...)
}

func (v *valve) gate(queue string) *gate {
	v.mutex.Lock()
	defer v.mutex.Unlock()
	return v.queues[queue]
}

func (v *valve) answered(token []byte, err error) {
	v.mutex.Lock()
	g := v.tasks[string(token)]
	delete(v.tasks, string(token))
	v.mutex.Unlock()
	if g == nil {
		return
	}
	select {
	case g.answers <- err:
	default: // the SDK tries a call again that has failed on the way
	}
}
