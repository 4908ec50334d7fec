package collect_test

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	historypb "go.temporal.io/api/history/v1"
	workflowpb "go.temporal.io/api/workflow/v1"
	"go.temporal.io/api/workflowservice/v1"
	"google.golang.org/grpc"
)

const runID = "01234567-89ab-cdef-0123-456789abcdef"

// listen returns the address of a listener that lives as long as the test.
func listen(t *testing.T) net.Listener {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { listener.Close() })
	return listener
}

// accepting is a service that does the same with each connection.
func accepting(do func(net.Conn)) func(*testing.T) string {
	return func(t *testing.T) string {
		t.Helper()
		listener := listen(t)
		ended := make(chan struct{})
		t.Cleanup(func() { close(ended) })
		go func() {
			for {
				connection, err := listener.Accept()
				if err != nil {
					return
				}
				go func() {
					defer connection.Close()
					do(connection)
				}()
				go func() {
					<-ended
					connection.Close()
				}()
			}
		}()
		return listener.Addr().String()
	}
}

func closes(net.Conn) {}

func halfCloses(connection net.Conn) {
	_ = connection.(*net.TCPConn).CloseWrite()
	_, _ = io.Copy(io.Discard, connection)
}

// emptySettings is how each server of HTTP/2 begins.
var emptySettings = []byte{0, 0, 0, 4, 0, 0, 0, 0, 0}

func silent(connection net.Conn) { _, _ = io.Copy(io.Discard, connection) }

// says answers the first bytes with the text, whatever they are.
func says(text string) func(net.Conn) {
	return func(connection net.Conn) {
		_, _ = connection.Read(make([]byte, 1024))
		_, _ = io.WriteString(connection, text)
		_, _ = io.Copy(io.Discard, connection)
	}
}

// service is one that lists an execution and gives its history, unless another answer is given.
type service struct {
	workflowservice.UnimplementedWorkflowServiceServer
	listed  func(context.Context) error
	history func(context.Context) (*historypb.History, error)

	mu          sync.Mutex
	connections []net.Conn
	asked       int
}

func (*service) GetSystemInfo(context.Context, *workflowservice.GetSystemInfoRequest) (*workflowservice.GetSystemInfoResponse, error) {
	return &workflowservice.GetSystemInfoResponse{}, nil
}

func (s *service) ListWorkflowExecutions(ctx context.Context, _ *workflowservice.ListWorkflowExecutionsRequest) (*workflowservice.ListWorkflowExecutionsResponse, error) {
	if s.listed != nil {
		return nil, s.listed(ctx)
	}
	return &workflowservice.ListWorkflowExecutionsResponse{Executions: []*workflowpb.WorkflowExecutionInfo{
		{Execution: &commonpb.WorkflowExecution{WorkflowId: "order-1", RunId: runID}}}}, nil
}

func (s *service) GetWorkflowExecutionHistory(ctx context.Context, _ *workflowservice.GetWorkflowExecutionHistoryRequest) (*workflowservice.GetWorkflowExecutionHistoryResponse, error) {
	s.mu.Lock()
	s.asked++
	s.mu.Unlock()
	events, err := s.history(ctx)
	return &workflowservice.GetWorkflowExecutionHistoryResponse{History: events}, err
}

// reset ends all connections as a machine that restarts does.
func (s *service) reset(context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, connection := range s.connections {
		_ = connection.(*net.TCPConn).SetLinger(0)
		_ = connection.Close()
	}
	s.connections = nil
	time.Sleep(10 * time.Millisecond) // no answer gets ahead of it
	return nil
}

// noting is a listener that keeps what it accepts.
type noting struct {
	net.Listener
	s *service
}

func (n noting) Accept() (net.Conn, error) {
	connection, err := n.Listener.Accept()
	if err == nil {
		n.s.mu.Lock()
		n.s.connections = append(n.s.connections, connection)
		n.s.mu.Unlock()
	}
	return connection, err
}

// serve returns the address of the service, which speaks TLS where config is given.
func (s *service) serve(t *testing.T, config *tls.Config) string {
	t.Helper()
	listener := listen(t)
	var accepts net.Listener = noting{listener, s}
	if config != nil {
		accepts = tls.NewListener(listener, config)
	}
	server := grpc.NewServer()
	workflowservice.RegisterWorkflowServiceServer(server, s)
	go func() { _ = server.Serve(accepts) }()
	t.Cleanup(server.Stop)
	return listener.Addr().String()
}
