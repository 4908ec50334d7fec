package connect

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/serviceerror"
)

func TestReason(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ err, want, why string }{
		{`failed reaching server: last connection error: connection error: desc = "transport: Error while dialing: dial tcp 127.0.0.1:1: connect: connection refused"`,
			"connection refused", "nothing listens"},
		{`failed reaching server: connection error: desc = "transport: authentication handshake failed: tls: no application protocol"`,
			"no application protocol", "TLS of something else"},
		{"failed reaching server: context deadline exceeded", "no answer within 5s", "a firewall drops it"},
		{"failed reaching server: Request unauthorized.\nmore", "failed reaching server: Request unauthorized.",
			"what is not known is passed on, in one line"},
		{"failed reaching server: \x1b[2Jno\r", `failed reaching server: \x1b[2Jno`, "and drives no terminal"},
	} {
		require.Equal(t, tt.want, reason(errors.New(tt.err)), tt.why)
	}
}

func TestExplain(t *testing.T) {
	t.Parallel()
	s := &Service{Address: "host:7233", Namespace: "orders"}
	for _, tt := range []struct {
		err  error
		want string
	}{
		{nil, ""},
		{fmt.Errorf("x: %w", serviceerror.NewNamespaceNotFound("orders")),
			`the service at host:7233 has no namespace "orders": name another with --namespace or TEMPORAL_NAMESPACE`},
		{serviceerror.NewPermissionDenied("Request unauthorized.", ""),
			"the service at host:7233 does not allow it: check TEMPORAL_API_KEY or the profile (Request unauthorized.)"},
		{serviceerror.NewDeadlineExceeded("x"), "the service at host:7233 did not answer in time: is it overloaded?"},
		{context.Canceled, "interrupted"},
		{errors.New("a\x1b[2J\nb"), `a\x1b[2J`},
	} {
		err := s.Explain(tt.err)
		if tt.want == "" {
			require.NoError(t, err)
			continue
		}
		require.EqualError(t, err, tt.want)
	}
}
