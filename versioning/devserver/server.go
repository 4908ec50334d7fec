package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"syscall"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/server/common/authorization"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/persistence/sql/sqlplugin/sqlite"
	schema "go.temporal.io/server/schema/sqlite"
	"go.temporal.io/server/temporal"
)

// startTimeout is many times what a start takes, for machines that are busy compiling.
const startTimeout = time.Minute

// Server is a running Temporal Service.
type Server struct {
	internal  temporal.Server
	address   string
	namespace string
}

// Start returns when the service answers and its namespace exists. A port in use is an *AddressInUseError.
func Start(ctx context.Context, o Options) (*Server, error) {
	o = o.withDefaults()
	if err := o.validate(); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	frontend, err := choosePort(o.Address)
	if err != nil {
		return nil, err
	}
	cfg := newConfig(frontend)
	if err := createNamespace(cfg, o.Namespace); err != nil {
		return nil, err
	}
	server := &Server{address: frontend.String(), namespace: o.Namespace}
	if server.internal, err = newInternal(cfg, o); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	if err = server.internal.Start(); err == nil {
		err = waitUntilReady(ctx, server.address, server.namespace)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("starting the service at %s: %w", server.address, err), server.Stop())
	}
	return server, nil
}

// Address is the HOST:PORT for clients.
func (s *Server) Address() string { return s.address }

// Namespace is the one that exists from the start.
func (s *Server) Namespace() string { return s.namespace }

// Stop ends the service and drops what it stored. Calls that are under way get about a second to return.
func (s *Server) Stop() error { return s.internal.Stop() }

// choosePort finds a port where none is given, and otherwise that the given one is free: the server itself would end the
// process over it.
func choosePort(address string) (netip.AddrPort, error) {
	want, err := parseLoopback(address)
	if err != nil {
		return netip.AddrPort{}, err
	}
	if want.Port() == 0 {
		return netip.AddrPortFrom(want.Addr(), freePort()), nil
	}
	listener, err := net.Listen("tcp", want.String())
	if errors.Is(err, syscall.EADDRINUSE) {
		return netip.AddrPort{}, &AddressInUseError{Address: want.String(), Err: err}
	}
	if err != nil {
		return netip.AddrPort{}, fmt.Errorf("address %s cannot be served on: %w", want, err)
	}
	return want, listener.Close()
}

// customAttributes are the search attributes that Temporal's own scripts give a new service, as far as the reference
// families set them.
var customAttributes = map[string]enumspb.IndexedValueType{
	"CustomKeywordField": enumspb.INDEXED_VALUE_TYPE_KEYWORD,
	"CustomIntField":     enumspb.INDEXED_VALUE_TYPE_INT,
}

// createNamespace writes the namespace into the database before the service opens it. Registered by a call, it would be
// unknown to parts of the service until their caches are refreshed.
func createNamespace(cfg *config.Config, name string) error {
	namespace, err := schema.NewNamespaceConfig(clusterName, name, false, customAttributes)
	if err != nil {
		return fmt.Errorf("namespace %q: %w", name, err)
	}
	return schema.CreateNamespaces(cfg.Persistence.DataStores[sqlite.PluginName].SQL, namespace)
}

func newInternal(cfg *config.Config, o Options) (server temporal.Server, err error) {
	if o.Logger == nil {
		quiet := newSilent()
		defer quiet.assembled.Store(true)
		o.Logger = quiet
	}
	defer recoverFatal(&err)
	return temporal.NewServer(
		temporal.WithConfig(cfg),
		temporal.ForServices(temporal.DefaultServices),
		temporal.WithStaticHosts(staticHosts(cfg)),
		temporal.WithDynamicConfigClient(settingsForOne()),
		temporal.WithLogger(o.Logger),
		temporal.WithAuthorizer(authorization.NewNoopAuthorizer()),
		temporal.WithClaimMapper(func(*config.Config) authorization.ClaimMapper {
			return authorization.NewNoopClaimMapper()
		}),
	)
}
