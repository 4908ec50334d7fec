package main

import (
	"context"
	"log/slog"
	"net"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"
)

func start(t *testing.T, o Options) *Server {
	t.Helper()
	server, err := Start(t.Context(), o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Stop()) })
	return server
}

func dial(t *testing.T, server *Server) client.Client {
	t.Helper()
	c, err := client.Dial(client.Options{
		HostPort: server.Address(), Namespace: server.Namespace(), Logger: log.NewStructuredLogger(slog.New(slog.DiscardHandler)),
	})
	require.NoError(t, err)
	t.Cleanup(c.Close)
	return c
}

func TestStartRefusesAddress(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ address, want, why string }{
		{"0.0.0.0:7233", "not a loopback address", "all interfaces"},
		{"[::]:7233", "not a loopback address", "all interfaces"},
		{":7233", "not a loopback address", "net.Listen would take it for all interfaces"},
		{"192.0.2.1:7233", "not a loopback address", "reachable from other machines"},
		{"devserver.example:7233", "not a loopback address", "a name can resolve to anything"},
		{"127.0.0.1", "is not HOST:PORT", "no port"},
		{"::1:7233", "is not HOST:PORT", "an IPv6 address needs brackets"},
		{"127.0.0.1:temporal", "not a number from 0 to 65535", "names of ports depend on the machine"},
		{"127.0.0.1:65536", "not a number from 0 to 65535", "out of range"},
	} {
		_, err := Start(t.Context(), Options{Address: tt.address})
		require.ErrorContains(t, err, tt.want, "%s: %s", tt.address, tt.why)
	}
}

func TestStartAddressInUse(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer listener.Close()
	_, err = Start(t.Context(), Options{Address: listener.Addr().String()})
	var inUse *AddressInUseError
	require.ErrorAs(t, err, &inUse)
	require.Equal(t, listener.Addr().String(), inUse.Address)
}

func TestStartHonoursContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := Start(ctx, Options{Address: "127.0.0.1:0"})
	require.ErrorIs(t, err, context.Canceled)
}

func TestFatalIsAnError(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer listener.Close()
	occupied, err := parseLoopback(listener.Addr().String())
	require.NoError(t, err)
	_, err = newInternal(newConfig(occupied), Options{})
	require.ErrorContains(t, err, "Failed to start gRPC listener: listen tcp "+occupied.String(),
		"a port taken after choosePort has looked must not end the process")
}

func TestServersInOneProcessShareNothing(t *testing.T) {
	t.Parallel()
	orders := dial(t, start(t, Options{Address: "127.0.0.1:0", Namespace: "orders"}))
	stock := dial(t, start(t, Options{Address: "localhost:0", Namespace: "stock"}))
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	request := &workflowservice.DescribeNamespaceRequest{Namespace: "orders"}
	_, err := orders.WorkflowService().DescribeNamespace(ctx, request)
	require.NoError(t, err)
	_, err = stock.WorkflowService().DescribeNamespace(ctx, request)
	var notFound *serviceerror.NamespaceNotFound
	require.ErrorAs(t, err, &notFound)
}
