// Orders is the sample order service: a Worker, and a client for its workflow.
//
//	orders worker
//	orders start ORDER-ID EMAIL CENTS
//	orders packed ORDER-ID
//
// The service is the one that TEMPORAL_ADDRESS names, localhost:7233 if it names none.
package main

import (
	"context"
	"fmt"
	"os"
	"strconv"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/contrib/envconfig"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"example.com/orders/order"
)

const taskQueue = "orders"

func main() {
	if err := run(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "orders:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	c, err := client.Dial(envconfig.MustLoadDefaultClientOptions())
	if err != nil {
		return err
	}
	defer c.Close()
	switch {
	case len(args) == 1 && args[0] == "worker":
		w := worker.New(c, taskQueue, worker.Options{})
		w.RegisterWorkflowWithOptions(order.Order, workflow.RegisterOptions{Name: order.WorkflowType})
		w.RegisterActivity(order.CheckFraud)
		w.RegisterActivity(order.Reserve)
		w.RegisterActivity(order.Charge)
		w.RegisterActivity(order.Insure)
		w.RegisterActivity(order.Ship)
		if err := w.Start(); err != nil {
			return err
		}
		defer w.Stop()
		fmt.Printf("The Worker takes tasks of the task queue %s.\n", taskQueue)
		<-worker.InterruptCh()
		return nil
	case len(args) == 4 && args[0] == "start":
		cents, err := strconv.Atoi(args[3])
		if err != nil {
			return err
		}
		_, err = c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{ID: args[1], TaskQueue: taskQueue},
			order.WorkflowType, order.Input{OrderID: args[1], Email: args[2], Cents: cents})
		return err
	case len(args) == 2 && args[0] == "packed":
		return c.SignalWorkflow(ctx, args[1], "", order.Packed, nil)
	default:
		return fmt.Errorf("want worker, start ORDER-ID EMAIL CENTS, or packed ORDER-ID; got %q", args)
	}
}
