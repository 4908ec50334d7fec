package collect_test

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	historypb "go.temporal.io/api/history/v1"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/replaymatrix/replaymatrix/versioning/cli"
)

// patience is how long a pull may take that cannot succeed by waiting.
const patience = 8 * time.Second

// TestBrokenConnection pulls from what is no service, or not in the way that it is asked: one line says it, soon, and
// nothing is written.
func TestBrokenConnection(t *testing.T) {
	t.Parallel()
	hour := time.Now().Add(time.Hour)
	plain := func(t *testing.T) string { return (&service{}).serve(t, nil) }
	served := func(by issuer, end time.Time) func(*testing.T) string {
		return func(t *testing.T) string { return (&service{}).serve(t, by.serving(end)) }
	}
	resetting := func(t *testing.T) string {
		s := &service{}
		s.history = func(ctx context.Context) (*historypb.History, error) { return nil, s.reset(ctx) }
		return s.serve(t, nil)
	}
	resettingList := func(t *testing.T) string {
		s := &service{}
		s.listed = s.reset
		return s.serve(t, nil)
	}
	refusing := func(t *testing.T) string {
		return (&service{listed: func(context.Context) error {
			return status.Error(codes.FailedPrecondition, "no\x1b[2J\r\u202eindex\nFORGED")
		}}).serve(t, nil)
	}
	denying := func(t *testing.T) string {
		return (&service{listed: func(context.Context) error {
			return status.Error(codes.PermissionDenied, "no\x1b[2Jright\nFORGED")
		}}).serve(t, nil)
	}
	const connecting, named = "connecting to the Temporal Service at {at}: ", "with --address or TEMPORAL_ADDRESS"
	for _, tt := range []struct {
		name, profile string
		service       func(*testing.T) string
		want, why     string
	}{
		{"closes at once", "plain", accepting(closes), connecting + "it closes the connection before it answers: " +
			"turn TLS on, with TEMPORAL_TLS=true or in the profile, if it wants TLS, or name another address " + named,
			"a balancer without a service behind it does"},
		{"half-closes and never answers", "plain", accepting(halfCloses), connecting +
			"it closes the connection before it answers: turn TLS on, with TEMPORAL_TLS=true or in the profile, " +
			"if it wants TLS, or name another address " + named, "what it may still read is no answer"},
		{"half-closes after its settings", "plain", accepting(func(connection net.Conn) {
			_, _ = connection.Write(emptySettings)
			halfCloses(connection)
		}), connecting + "it closes the connection before it answers: turn TLS on, with TEMPORAL_TLS=true or in the profile, " +
			"if it wants TLS, or name another address " + named, "a service that shuts down"},
		{"never answers", "plain", accepting(silent), "no Temporal Service answers at {at} (no answer within 5s): " +
			`start one with "replaymatrix server", or name yours ` + named, "the limit of a connection holds"},
		{"HTTP/1.1", "plain", accepting(says("HTTP/1.1 400 Bad Request\r\n\r\n\x1b[2J<html>\nFORGED")), connecting +
			"it answers in HTTP/1.1, which no Temporal Service does: name the address of the frontend, " +
			"not that of the Web UI, " + named, "the address of the Web UI is the usual mistake"},
		{"garbage", "plain", accepting(says(strings.Repeat("\x1b[2J\x00FORGED\n", 100))), connecting +
			"its answer is not gRPC: name the address of a Temporal Service " + named, "such as a database"},
		{"without TLS against TLS", "plain", served(authority, hour), connecting +
			"it closes the connection before it answers: turn TLS on, with TEMPORAL_TLS=true or in the profile, " +
			"if it wants TLS, or name another address " + named, "TLS cannot tell what it has got"},
		{"TLS against a service without", "tls", plain, connecting + "it does not speak TLS: " +
			"turn TLS off, with TEMPORAL_TLS=false or in the profile, or name another address " + named, "a local service"},
		{"TLS, closed at once", "tls", accepting(closes), connecting + "it closes the connection while TLS begins: " +
			"turn TLS off, with TEMPORAL_TLS=false or in the profile, if it has none, or name another address " + named,
			"nothing tells why"},
		{"certificate that is not trusted", "tls", served(newIssuer(), hour), connecting +
			"this machine does not trust who signed its certificate: name the certificate of its authority with " +
			"TEMPORAL_TLS_SERVER_CA_CERT_PATH or in the profile", "a company's own authority"},
		{"certificate that has expired", "trusting", served(authority, time.Now().Add(-time.Hour)), connecting +
			"its certificate has expired or is not valid yet: have it renewed, or set the clock of this machine",
			"the clock may be the one that is wrong"},
		{"wrong server name", "misnamed", served(authority, hour), connecting + `its certificate is not for the name ` +
			`"orders.example": set TEMPORAL_TLS_SERVER_NAME, or server_name in the profile, to a name that it is for`,
			"the names in it are not shown: they are what the service says"},
		{"reset in the middle of a history", "plain", resetting, "pulling order-1 run " + runID +
			": the connection to the service at {at} breaks again and again: run the same command again " +
			"when the service is stable", "the SDK would try for ten seconds, seven times over"},
		{"reset in the middle of the list", "plain", resettingList, "listing the executions to pull" +
			": the connection to the service at {at} breaks again and again: run the same command again " +
			"when the service is stable", "the list is asked for in the same way"},
		{"answer that drives a terminal", "plain", refusing, "listing the executions to pull: " +
			`no\x1b[2J\x0d\u202eindex`, "what a service says is shown, not obeyed"},
		{"denial that drives a terminal", "plain", denying, "the service at {at} does not allow it: check " +
			`TEMPORAL_API_KEY or the profile (listing the executions to pull: no\x1b[2Jright)`, "the same"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			address := tt.service(t)
			dir := t.TempDir()
			began := time.Now()
			ctx, cancel := context.WithTimeout(t.Context(), 2*patience)
			defer cancel()
			got := run(ctx, cli.Command{}, "pull", "--workflow-type", "PatchingWorkflow", "--address", address,
				"--profile", tt.profile, filepath.Join(dir, "orders"))
			require.Equal(t, "replaymatrix: "+strings.ReplaceAll(tt.want, "{at}", address)+"\n", got.stderr, tt.why)
			require.Equal(t, cli.ExitFailed, got.code)
			require.Empty(t, got.stdout)
			require.Less(t, time.Since(began), patience, tt.why)
			require.False(t, strings.ContainsFunc(strings.TrimSuffix(got.stderr, "\n"), func(r rune) bool {
				return !unicode.IsPrint(r)
			}))
			requireNoFile(t, dir)
		})
	}
}

// TestConnectionBreaksOnce goes on where waiting helps.
func TestConnectionBreaksOnce(t *testing.T) {
	t.Parallel()
	s := &service{}
	s.history = func(ctx context.Context) (*historypb.History, error) {
		if s.asked == 1 {
			return nil, s.reset(ctx)
		}
		return signalled(&commonpb.Payload{}), nil
	}
	got := run(t.Context(), cli.Command{}, "pull", "--workflow-type", "Waiting", "--address", s.serve(t, nil), "--profile",
		"plain", filepath.Join(t.TempDir(), "orders"))
	require.Contains(t, got.stdout, "pulled 1,")
	require.Empty(t, got.stderr)
	require.Equal(t, 2, s.asked)
}

func requireNoFile(t *testing.T, dir string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		require.True(t, err != nil || entry.IsDir(), "%s was written", path)
		return err
	}))
}
