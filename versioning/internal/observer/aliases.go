package observer

import "go.temporal.io/sdk/workflow"

// alias returns the name under which a live worker would schedule the activity.
// The SDK's replayer has no registry of activities, so it takes a function's own
// name, and the replay of unchanged code would differ from its history.
func (o *Observer) alias(activityType string) string {
	if name, ok := o.Aliases[activityType]; ok {
		return name
	}
	return activityType
}

func (out *observedOutbound) ExecuteActivity(ctx workflow.Context, activityType string, args ...any) workflow.Future {
	activityType = out.observer.alias(activityType)
	out.observer.callsActivity(activityType)
	return out.Next.ExecuteActivity(ctx, activityType, args...)
}

func (out *observedOutbound) ExecuteLocalActivity(ctx workflow.Context, activityType string,
	args ...any) workflow.Future {
	activityType = out.observer.alias(activityType)
	out.observer.callsActivity(activityType)
	return out.Next.ExecuteLocalActivity(ctx, activityType, args...)
}
