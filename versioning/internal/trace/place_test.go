package trace

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

func TestSourceLine(t *testing.T) {
	t.Parallel()
	const stack = "goroutine 7 [chan receive]:\n" +
		"runtime.gopark(0x1)\n\t/go/src/runtime/proc.go:1 +0x1\n" +
		"go.temporal.io/sdk/internal.Sleep()\n\t/sdk/internal/workflow.go:2 +0x1\n" +
		"example.com/shop/order.Charge({0x1, 0x2})\n\t/home/me/shop/order/charge.go:31 +0x1f\n" +
		"example.com/shop/order.Main()\n\t/home/me/shop/order/main.go:3\n"
	for _, tt := range []struct{ name, stack, want, why string }{
		{"workflow code", stack, "order/charge.go:31", "the innermost line that is not the SDK's or Go's"},
		{"Windows", "goroutine 7 [x]:\nmain.Charge()\n\tC:/shop/order/charge.go:31 +0x1f", "order/charge.go:31",
			"the drive has a colon too"},
		{"nothing but the SDK",
			"goroutine 7 [x]:\ngo.temporal.io/sdk/internal.Sleep()\n\t/sdk/internal/workflow.go:2 +0x1", "",
			"better nothing than a wrong line"},
		{"the engine", "goroutine 7 [x]:\ngithub.com/replaymatrix/replaymatrix/versioning/internal/trace.(*outbound).NewTimer()\n\t/lib/outbound.go:4 +0x1\ngithub.com/replaymatrix/replaymatrix/versioning/replay.(*observedOutbound).NewTimer()\n\t/lib/observer.go:5 +0x1\ngithub.com/replaymatrix/replaymatrix/versioning/workflows/patching.Initial()\n\t/lib/patching/initial.go:6 +0x1", "patching/initial.go:6",
			"nothing below versioning/internal is workflow code, nor is package replay; the reference workflows are"},
		{"no stack", "", "", "not every error has one"},
		{"cut off", "goroutine 7 [x]:\nmain.Charge()", "", "the buffer ended"},
		{"no line", "goroutine 7 [x]:\nmain.Charge()\n\tcharge.go", "", "not the format of Go's runtime"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			if diff := cmp.Diff(tt.want, FirstLine(tt.stack).String()); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}
		})
	}
}
