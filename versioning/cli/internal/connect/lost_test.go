package connect

import (
	"context"
	"errors"
	"net"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/workflowservice/v1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"
)

// failing is a service that fails each call.
type failing struct {
	workflowservice.UnimplementedWorkflowServiceServer
	fail  func() error
	asked atomic.Int32
}

func (f *failing) GetSystemInfo(context.Context, *workflowservice.GetSystemInfoRequest) (*workflowservice.GetSystemInfoResponse, error) {
	f.asked.Add(1)
	return nil, f.fail()
}

// TestLost tells a service that breaks connections off from one that says that it is not available, in the same words.
func TestLost(t *testing.T) {
	t.Parallel()
	const attempts = 2 * mostLosses
	for _, tt := range []struct {
		name  string
		loses bool
		asked int32
		why   string
	}{
		{"breaks the connection", true, mostLosses, "nothing is gained by waiting"},
		{"is not available", false, attempts, "it may be in a moment"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			listener, err := net.Listen("tcp", "127.0.0.1:0")
			require.NoError(t, err)
			accepted := make(chan net.Conn, attempts)
			service := &failing{fail: func() error {
				if tt.loses {
					(<-accepted).Close()
				}
				return status.Error(codes.Unavailable, "error reading from server: EOF")
			}}
			server := grpc.NewServer()
			workflowservice.RegisterWorkflowServiceServer(server, service)
			go func() { _ = server.Serve(handing{listener, accepted}) }()
			t.Cleanup(server.Stop)

			// In the place of the SDK, which repeats after longer and longer.
			repeats := func(ctx context.Context, method string, request, reply any, connection *grpc.ClientConn,
				invoke grpc.UnaryInvoker, opts ...grpc.CallOption) (err error) {
				for range attempts {
					err = invoke(ctx, method, request, reply, connection, append(opts, grpc.WaitForReady(true))...)
					if status.Code(err) != codes.Unavailable {
						return err
					}
				}
				return err
			}
			connection, err := grpc.NewClient(listener.Addr().String(), append([]grpc.DialOption{
				grpc.WithTransportCredentials(insecure.NewCredentials()), grpc.WithChainUnaryInterceptor(repeats)},
				givingUp("host:7233")...)...)
			require.NoError(t, err)
			t.Cleanup(func() { connection.Close() })
			_, err = workflowservice.NewWorkflowServiceClient(connection).GetSystemInfo(t.Context(), &workflowservice.GetSystemInfoRequest{})
			var lost *lostError
			require.Equal(t, tt.loses, errors.As(err, &lost), "%v: %s", err, tt.why)
			require.Equal(t, tt.asked, service.asked.Load(), tt.why)
		})
	}
}

// handing is a listener that hands out what it accepts.
type handing struct {
	net.Listener
	accepted chan<- net.Conn
}

func (h handing) Accept() (net.Conn, error) {
	connection, err := h.Listener.Accept()
	if err == nil {
		h.accepted <- connection
	}
	return connection, err
}
