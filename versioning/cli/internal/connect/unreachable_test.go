package connect

import (
	"crypto/tls"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestUnreachable has what gRPC says of services that are there, and are not as the command asks for them. Package
// collect makes most of them.
func TestUnreachable(t *testing.T) {
	t.Parallel()
	const server, shake = `connection error: desc = "error reading server preface: `, `connection error: desc = "transport: authentication handshake failed: `
	with := &tls.Config{MinVersion: tls.VersionTLS12}
	for _, tt := range []struct {
		tls             *tls.Config
		err, want, next string
		why             string
	}{
		{nil, server + `read tcp 127.0.0.1:1->127.0.0.1:2: wsarecv: An existing connection was forcibly closed by the remote host."`,
			"it closes the connection before it answers", withTLS, "the same on Windows"},
		{with, server + `EOF"`, "it closes the connection before it answers", withCertificate, "it has TLS already"},
		{nil, "write tcp 127.0.0.1:46310->127.0.0.1:40481: write: broken pipe", "it closes the connection before it answers", withTLS,
			"it was faster than our first words"},
		{nil, "transport is closing", "it closes the connection before it answers", withTLS, "the call was being sent"},
		{nil, `error reading from server: EOF`, "it closes the connection before it answers", withTLS, "after its settings"},
		{with, server + `remote error: tls: certificate required"`, "it does not accept the certificate of this client, or wants one",
			"name one with TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH or in the profile", "mTLS with TLS 1.3 says it late"},
		{with, shake + `remote error: tls: bad certificate"`, "it does not accept the certificate of this client, or wants one",
			"name one with TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH or in the profile", "and TLS 1.2 at once"},
		{with, shake + `tls: failed to verify certificate: x509: cannot validate certificate for 10.0.0.1 because it doesn't contain any IP SANs"`,
			`its certificate is not for the name "host"`,
			"set TEMPORAL_TLS_SERVER_NAME, or server_name in the profile, to a name that it is for", "an address in place of a name"},
		{nil, `unexpected HTTP status code received from server: 404 (Not Found); transport: received unexpected content-type "text/html"`,
			"its answer is not gRPC", "name the address of a Temporal Service " + byAddress, "a web server that speaks HTTP/2"},
	} {
		err := &unreachableError{address: "host:1", tls: tt.tls, err: errors.New("failed reaching server: " + tt.err)}
		require.EqualError(t, err, "connecting to the Temporal Service at host:1: "+tt.want+": "+tt.next, tt.why)
	}
	// The program has the name that a person types.
	err := &unreachableError{program: "ordermatrix", address: "host:1", err: errors.New("x: connection refused")}
	require.EqualError(t, err, `no Temporal Service answers at host:1 (connection refused): `+
		`start one with "ordermatrix server", or name yours with --address or TEMPORAL_ADDRESS`)
}
