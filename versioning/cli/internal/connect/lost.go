package connect

import (
	"context"
	"fmt"
	"sync/atomic"

	"go.temporal.io/api/serviceerror"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/stats"
	"google.golang.org/grpc/status"
)

// mostLosses is how often a call may lose its connection, which takes the SDK about three seconds. Without it, the SDK
// goes on until the time of the call is up, and then says nothing but that.
const mostLosses = 4

// lostError says that the connection of a call breaks whenever it is tried.
type lostError struct{ address string }

func (e *lostError) Error() string {
	return fmt.Sprintf("the connection to the service at %s breaks again and again: run the same command again when the "+
		"service is stable", e.address)
}

// Unwrap lets those who know the errors of the SDK take it for what it is.
func (e *lostError) Unwrap() error { return serviceerror.NewUnavailable(e.Error()) }

// givingUp ends calls whose connection breaks again and again. It is around the SDK's own repetition, and within it.
func givingUp(address string) []grpc.DialOption {
	around := func(ctx context.Context, method string, request, reply any, connection *grpc.ClientConn,
		invoke grpc.UnaryInvoker, opts ...grpc.CallOption) error {
		lost := new(atomic.Int32)
		err := invoke(context.WithValue(ctx, lossesKey{}, lost), method, request, reply, connection, opts...)
		if err != nil && lost.Load() >= mostLosses {
			return &lostError{address}
		}
		return err
	}
	return []grpc.DialOption{grpc.WithUnaryInterceptor(around), grpc.WithChainUnaryInterceptor(countLoss),
		grpc.WithStatsHandler(answers{})}
}

type (
	lossesKey   struct{}
	answeredKey struct{}
)

// countLoss is around each attempt. It counts only those without an answer: a service that says that it is not available
// is there, and may be in a moment.
func countLoss(ctx context.Context, method string, request, reply any, connection *grpc.ClientConn,
	invoke grpc.UnaryInvoker, opts ...grpc.CallOption) error {
	answered := new(atomic.Bool)
	err := invoke(context.WithValue(ctx, answeredKey{}, answered), method, request, reply, connection, opts...)
	code := status.Code(err)
	if answered.Load() || code != codes.Unavailable && code != codes.Internal {
		return err
	}
	if lost, _ := ctx.Value(lossesKey{}).(*atomic.Int32); lost != nil && lost.Add(1) >= mostLosses {
		// One of the codes that the SDK does not repeat.
		return status.Error(codes.FailedPrecondition, "the connection breaks again and again")
	}
	return err
}

// answers notes which attempts the service has ended by itself.
type answers struct{}

func (answers) TagRPC(ctx context.Context, _ *stats.RPCTagInfo) context.Context { return ctx }

func (answers) HandleRPC(ctx context.Context, happened stats.RPCStats) {
	if _, ends := happened.(*stats.InTrailer); !ends {
		return
	}
	if answered, _ := ctx.Value(answeredKey{}).(*atomic.Bool); answered != nil {
		answered.Store(true)
	}
}

func (answers) TagConn(ctx context.Context, _ *stats.ConnTagInfo) context.Context { return ctx }

func (answers) HandleConn(context.Context, stats.ConnStats) {}
