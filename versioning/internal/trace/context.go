package trace

import "go.temporal.io/sdk/workflow"

type contextKey int

const (
	coroutineKey contextKey = iota
	localKey
)

func coroutine(ctx workflow.Context) string {
	if name, ok := ctx.Value(coroutineKey).(string); ok {
		return name
	}
	return "main"
}
