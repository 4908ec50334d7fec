package pull

import (
	"context"
	"errors"
	"fmt"
	"math"

	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/workflowservice/v1"
)

// pageSize bounds the memory of the list: an entry has a memo and search attributes.
const pageSize = 100

// executions gives the ones to download to take, one after another, until take returns
// an error.
func (o *Options) executions(ctx context.Context, take func(Execution) error) error {
	for _, x := range o.Executions {
		if err := take(x); err != nil {
			return err
		}
	}
	if len(o.Executions) > 0 {
		return nil
	}
	return o.list(ctx, take)
}

func (o *Options) list(ctx context.Context, take func(Execution) error) error {
	left := o.Limit
	if left == 0 {
		left = math.MaxInt
	}
	request := &workflowservice.ListWorkflowExecutionsRequest{Query: o.filter()}
	for listed := 0; ; {
		request.PageSize = int32(min(left, pageSize))
		var page *workflowservice.ListWorkflowExecutionsResponse
		err := patiently(ctx, func() (err error) {
			page, err = o.Client.ListWorkflow(ctx, request)
			return err
		})
		if err != nil {
			return o.listError(err)
		}
		for _, info := range page.GetExecutions() {
			if left == 0 {
				return nil
			}
			left--
			listed++
			x := Execution{info.GetExecution().GetWorkflowId(), info.GetExecution().GetRunId()}
			if err := take(x); err != nil {
				return err
			}
		}
		request.NextPageToken = page.GetNextPageToken()
		switch {
		case left == 0:
			return nil
		case len(request.NextPageToken) > 0:
		case listed == 0:
			return fmt.Errorf("%w %s; check it with: temporal workflow list --query %s", ErrNothingFound, o.chosen(),
				shellQuote(o.filter()))
		default:
			return nil
		}
	}
}

// Count asks the service how many executions the options choose. A progress display can use Count
// to show how much is left. Count does not include the runs that Chain adds.
func Count(ctx context.Context, o Options) (int, error) {
	if err := o.validate(); err != nil {
		return 0, err
	}
	if len(o.Executions) > 0 {
		return len(o.Executions), nil
	}
	response, err := o.Client.CountWorkflow(ctx, &workflowservice.CountWorkflowExecutionsRequest{Query: o.filter()})
	if err != nil {
		return 0, o.listError(err)
	}
	count := int(response.GetCount())
	if o.Limit > 0 {
		count = min(count, o.Limit)
	}
	return count, nil
}

func (o *Options) listError(err error) error {
	var invalid *serviceerror.InvalidArgument
	if errors.As(err, &invalid) {
		return fmt.Errorf("the service does not understand the List Filter %s: %w; its grammar is at "+
			"https://docs.temporal.io/list-filter", o.filter(), err)
	}
	return fmt.Errorf("listing the executions to pull: %w", err)
}

func (o *Options) chosen() string {
	if filter := o.filter(); filter != "" {
		return filter
	}
	return "in the namespace"
}
