package main

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strconv"

	"go.temporal.io/server/common/log"
	"go.temporal.io/server/common/primitives"
)

// What `temporal server start-dev` and the SDKs use when nothing else is said.
const (
	DefaultAddress   = "127.0.0.1:7233"
	DefaultNamespace = "default"
)

// Options say where a service listens and which namespace it has. The zero value is DefaultAddress and DefaultNamespace,
// without logs.
type Options struct {
	// Address is HOST:PORT. The host is "localhost" or a loopback IP. Port 0 lets the system choose.
	Address string
	// Namespace exists when Start returns.
	Namespace string
	// Logger gets the logs of the service. Nil drops them.
	Logger log.Logger
}

// AddressInUseError says that something else listens on an address that the service needs.
type AddressInUseError struct {
	Address string
	Err     error // of the attempt to listen
}

func (e *AddressInUseError) Error() string {
	return fmt.Sprintf("address %s is already in use", e.Address)
}

func (e *AddressInUseError) Unwrap() error { return e.Err }

func (o Options) withDefaults() Options {
	if o.Address == "" {
		o.Address = DefaultAddress
	}
	if o.Namespace == "" {
		o.Namespace = DefaultNamespace
	}
	return o
}

func (o Options) validate() error {
	switch o.Namespace {
	case "":
		return errors.New("the namespace is empty")
	case primitives.SystemLocalNamespace:
		return fmt.Errorf("the namespace %q belongs to the service", o.Namespace)
	}
	_, err := parseLoopback(o.Address)
	return err
}

// parseLoopback refuses what other machines can reach: the service lets in everybody. It accepts no name but localhost,
// since a name can resolve to anything, and takes 127.0.0.1 for that one.
func parseLoopback(address string) (netip.AddrPort, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return netip.AddrPort{}, fmt.Errorf("address %q is not HOST:PORT", address)
	}
	number, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		return netip.AddrPort{}, fmt.Errorf("address %q: port %q is not a number from 0 to 65535", address, port)
	}
	if host == "localhost" {
		host = "127.0.0.1"
	}
	ip, err := netip.ParseAddr(host)
	if err != nil || !ip.IsLoopback() {
		return netip.AddrPort{}, fmt.Errorf("address %q is not a loopback address: "+
			"the service has no authentication, so it serves on 127.0.0.1, localhost or [::1] only", address)
	}
	return netip.AddrPortFrom(ip, uint16(number)), nil
}
