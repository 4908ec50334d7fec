package main

import (
	"context"
	"time"

	"github.com/nexus-rpc/sdk-go/nexus"
	"go.temporal.io/sdk/workflow"
)

var hello = nexus.NewSyncOperation("hello",
	func(_ context.Context, name string, _ nexus.StartOperationOptions) (string, error) {
		return "hello " + name, nil
	})

func greet(_ context.Context, name string) (string, error) { return "hello " + name, nil }

func greetByActivity(ctx workflow.Context, name string) (greeting string, err error) {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	err = workflow.ExecuteActivity(ctx, greet, name).Get(ctx, &greeting)
	return greeting, err
}

func greetByNexus(ctx workflow.Context, name string) (greeting string, err error) {
	c := workflow.NewNexusClient("greetings", "greeter")
	err = c.ExecuteOperation(ctx, hello, name, workflow.NexusOperationOptions{ScheduleToCloseTimeout: time.Minute}).
		Get(ctx, &greeting)
	return greeting, err
}

func greetByUpdate(ctx workflow.Context) (greeting string, err error) {
	err = workflow.SetUpdateHandler(ctx, "greet", func(_ workflow.Context, name string) error {
		greeting = "hello " + name
		return nil
	})
	if err != nil {
		return "", err
	}
	err = workflow.Await(ctx, func() bool { return greeting != "" })
	return greeting, err
}
