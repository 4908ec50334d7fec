package connect

import (
	"crypto/tls"
	"fmt"
	"net"
	"strings"

	"go.temporal.io/sdk/client"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
)

// unreachableError says that nothing answers, or not to us.
type unreachableError struct {
	program, address string
	// tls is nil where the connection is without.
	tls *tls.Config
	err error
}

func unreachable(s *shell.Shell, options client.Options, err error) *unreachableError {
	return &unreachableError{program: s.Name, address: options.HostPort, tls: options.ConnectionOptions.TLS, err: err}
}

func (e *unreachableError) Error() string {
	if is, next := e.fault(); is != "" {
		return fmt.Sprintf("connecting to the Temporal Service at %s: %s: %s", e.address, is, next)
	}
	return fmt.Sprintf(`no Temporal Service answers at %[1]s (%[2]s): start one with "%[3]s server", or name yours %[4]s`,
		e.address, reason(e.err), e.program, byAddress)
}

func (e *unreachableError) Unwrap() error { return e.err }

const (
	byAddress       = "with --address or TEMPORAL_ADDRESS"
	another         = "name another address " + byAddress
	withTLS         = "turn TLS on, with TEMPORAL_TLS=true or in the profile, if it wants TLS, or " + another
	withCertificate = "name a client certificate with TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH or " +
		"in the profile, if it wants one, or " + another
)

// ends are how the operating systems say that the other side has closed a connection, and how gRPC does.
var ends = []string{"EOF", "connection reset", "forcibly closed", "broken pipe", "connection was aborted",
	"transport is closing", "connection is draining"}

// fault is what is wrong with a service that is there, and what to do about it. gRPC hands all of it up as text. What
// the service itself says is not repeated.
func (e *unreachableError) fault() (is, next string) {
	said := shell.FirstLine(e.err.Error())
	says := func(any ...string) bool {
		for _, text := range any {
			if strings.Contains(said, text) {
				return true
			}
		}
		return false
	}
	switch {
	case says("looked like an HTTP/1.1 header"):
		return "it answers in HTTP/1.1, which no Temporal Service does",
			"name the address of the frontend, not that of the Web UI, " + byAddress
	case says("tls: certificate required", "tls: bad certificate", "tls: unknown certificate"):
		return "it does not accept the certificate of this client, or wants one",
			"name one with TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH or in the profile"
	case says("certificate signed by unknown authority", "certificate is not trusted"):
		return "this machine does not trust who signed its certificate",
			"name the certificate of its authority with TEMPORAL_TLS_SERVER_CA_CERT_PATH or in the profile"
	case says("certificate has expired or is not yet valid"):
		return "its certificate has expired or is not valid yet", "have it renewed, or set the clock of this machine"
	case says("certificate is valid for", "cannot validate certificate for", "certificate is not valid for any names",
		"certificate relies on legacy Common Name"):
		return fmt.Sprintf("its certificate is not for the name %q", e.serverName()),
			"set TEMPORAL_TLS_SERVER_NAME, or server_name in the profile, to a name that it is for"
	case says("first record does not look like a TLS handshake"):
		return "it does not speak TLS", "turn TLS off, with TEMPORAL_TLS=false or in the profile, or " + another
	case says("handshake failed") && says(ends...):
		return "it closes the connection while TLS begins",
			"turn TLS off, with TEMPORAL_TLS=false or in the profile, if it has none, or " + another
	case says("connection error", "server preface", "from server", "read tcp", "write tcp", "transport") && says(ends...):
		// Which of them it is depends on who is faster. An alert of TLS can be lost in that.
		if e.tls == nil {
			return "it closes the connection before it answers", withTLS
		}
		return "it closes the connection before it answers", withCertificate
	case says("server preface", "initial http2 frame", "unexpected content-type", "unexpected HTTP status code"):
		return "its answer is not gRPC", "name the address of a Temporal Service " + byAddress
	}
	return "", ""
}

// serverName is what the certificate of the service has to be for.
func (e *unreachableError) serverName() string {
	if e.tls != nil && e.tls.ServerName != "" {
		return e.tls.ServerName
	}
	if host, _, err := net.SplitHostPort(e.address); err == nil {
		return host
	}
	return e.address
}
