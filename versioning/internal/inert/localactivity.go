package inert

import (
	"context"
	"time"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// ExecuteLocalActivity asks for one attempt, in replayed tasks too: a recorded failure is the last
// one of its Workflow Task, and the SDK would otherwise try again here what is recorded with a
// timer. Answers are not held against timeouts.
func (out *innerOutbound) ExecuteLocalActivity(ctx workflow.Context, activityType string,
	args ...any) workflow.Future {
	out.calls(ctx, trace.LocalActivity, "")
	if out.guard.Acts {
		return out.Next.ExecuteLocalActivity(ctx, activityType, args...)
	}
	run := out.run(ctx)
	if !out.Next.IsReplaying(ctx) {
		run.goOn()
		run.asksLocalActivity()
	}
	options := workflow.GetLocalActivityOptions(ctx)
	options.RetryPolicy = &temporal.RetryPolicy{MaximumAttempts: 1}
	if options.StartToCloseTimeout > 0 || options.ScheduleToCloseTimeout > 0 { // the SDK refuses neither
		options.StartToCloseTimeout, options.ScheduleToCloseTimeout = endless, endless
	}
	ctx = workflow.WithLocalActivityOptions(ctx, options)
	return out.Next.ExecuteLocalActivity(workflow.WithValue(ctx, ofRun{}, run), activityType, args...)
}

// endless is longer than any recording is old: some deadlines of the SDK begin at the time that the
// workflow sees.
const endless = 100 * 365 * 24 * time.Hour

// ofRun is the key of the run in the context of a local activity.
type ofRun struct{}

// runHeader tells a local activity its run. It is in the header of local activities only, which no
// history has.
const runHeader = "replaymatrix-rehearsal"

// Propagators are those of the user's Workers. Activities are not given a context by them: there
// are only local ones, and these do not run.
func (g *Guard) Propagators(users []workflow.ContextPropagator) []workflow.ContextPropagator {
	if g.Acts {
		return users
	}
	all := make([]workflow.ContextPropagator, 0, len(users)+1)
	for _, one := range users {
		all = append(all, &ofWorkflowContexts{one})
	}
	return append(all, runPropagator{})
}

type ofWorkflowContexts struct{ workflow.ContextPropagator }

func (*ofWorkflowContexts) Inject(context.Context, workflow.HeaderWriter) error { return nil }

func (*ofWorkflowContexts) Extract(ctx context.Context, _ workflow.HeaderReader) (context.Context, error) {
	return ctx, nil
}

type runPropagator struct{ workflow.ContextPropagator }

func (runPropagator) Inject(context.Context, workflow.HeaderWriter) error { return nil }

func (runPropagator) InjectFromWorkflow(ctx workflow.Context, header workflow.HeaderWriter) error {
	if run, _ := ctx.Value(ofRun{}).(*Run); run != nil {
		header.Set(runHeader, &commonpb.Payload{Data: []byte(run.number)})
	}
	return nil
}

func (runPropagator) Extract(ctx context.Context, header workflow.HeaderReader) (context.Context, error) {
	if p, ok := header.Get(runHeader); ok {
		ctx = context.WithValue(ctx, ofRun{}, string(p.GetData()))
	}
	return ctx, nil
}

func (runPropagator) ExtractToWorkflow(ctx workflow.Context, _ workflow.HeaderReader) (workflow.Context, error) {
	return ctx, nil
}

// ofWorkflows is an interceptor that is asked about workflows only.
type ofWorkflows struct {
	interceptor.WorkerInterceptorBase
	users interceptor.WorkerInterceptor
}

func (o *ofWorkflows) InterceptWorkflow(ctx workflow.Context,
	next interceptor.WorkflowInboundInterceptor) interceptor.WorkflowInboundInterceptor {
	return o.users.InterceptWorkflow(ctx, next)
}

// InterceptActivity is about local activities: a Worker that rehearses has no others.
func (i *inner) InterceptActivity(_ context.Context,
	next interceptor.ActivityInboundInterceptor) interceptor.ActivityInboundInterceptor {
	if i.guard.Acts {
		return next
	}
	in := &localActivity{guard: i.guard}
	in.Next = next
	return in
}

type localActivity struct {
	interceptor.ActivityInboundInterceptorBase
	guard *Guard
}

// Init hands nothing on: interceptors of the user's see no activity.
func (in *localActivity) Init(interceptor.ActivityOutboundInterceptor) error { return nil }

// ExecuteActivity answers with what the recorded task has, and runs nothing.
func (in *localActivity) ExecuteActivity(ctx context.Context, _ *interceptor.ExecuteActivityInput) (any, error) {
	info := activity.GetInfo(ctx)
	number, _ := ctx.Value(ofRun{}).(string)
	run := in.guard.ofNumber(number)
	if run == nil {
		return nil, temporal.NewNonRetryableApplicationError(errStopped.Error(), "", nil)
	}
	run.enters()
	local, ok := run.localActivity(info.ActivityID, info.ActivityType.Name)
	if !ok {
		run.stop(Unknown{Kind: trace.LocalActivity, Name: info.ActivityType.Name})
		return nil, temporal.NewNonRetryableApplicationError(errStopped.Error(), "", nil)
	}
	run.waitsForTurn(ctx, local)
	return local.answer()
}
