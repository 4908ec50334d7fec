package connect

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"go.temporal.io/api/serviceerror"
)

// dialTimeout is how long a connection attempt may take: a service that is there
// answers at once.
const dialTimeout = 5 * time.Second

// reason is the last part of what gRPC says about a connection, in words.
func reason(err error) string {
	text := Line(err.Error())
	for _, known := range []string{"connection refused", "no such host", "certificate", "tls: "} {
		if strings.Contains(text, known) {
			if i := strings.LastIndex(text, ": "); i >= 0 {
				return strings.Trim(text[i+2:], `"`)
			}
		}
	}
	if errors.Is(err, context.DeadlineExceeded) || strings.Contains(text, "deadline exceeded") {
		return fmt.Sprintf("no answer within %v", dialTimeout)
	}
	return text
}

func IsDeadline(err error) bool {
	var deadline *serviceerror.DeadlineExceeded
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &deadline)
}
