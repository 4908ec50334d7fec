package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.temporal.io/api/common/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/workflowservice/v1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"
)

const (
	probeEvery   = 10 * time.Millisecond
	probeTimeout = 5 * time.Second // of one probe, so that one lost call is not the end
)

// waitUntilReady returns when clients can work: the frontend answers, knows the namespace, and reaches the history service
// behind it.
func waitUntilReady(ctx context.Context, address, namespace string) error {
	conn, err := grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return err
	}
	defer conn.Close()
	client := workflowservice.NewWorkflowServiceClient(conn)
	for {
		err := probe(ctx, client, namespace)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("not ready: %w (last answer: %w)", context.Cause(ctx), err)
		case <-time.After(probeEvery):
		}
	}
}

func probe(ctx context.Context, client workflowservice.WorkflowServiceClient, namespace string) error {
	ctx, cancel := context.WithTimeout(ctx, probeTimeout)
	defer cancel()
	if _, err := client.GetSystemInfo(ctx, &workflowservice.GetSystemInfoRequest{}); err != nil {
		return err
	}
	if _, err := client.DescribeNamespace(ctx, &workflowservice.DescribeNamespaceRequest{Namespace: namespace}); err != nil {
		return err
	}
	// Only the history service can tell that there is no such execution.
	_, err := client.DescribeWorkflowExecution(ctx, &workflowservice.DescribeWorkflowExecutionRequest{
		Namespace: namespace, Execution: &common.WorkflowExecution{WorkflowId: "devserver-ready"},
	})
	err = serviceerror.FromStatus(status.Convert(err))
	if notFound := (*serviceerror.NotFound)(nil); errors.As(err, &notFound) {
		return nil
	}
	return err
}
