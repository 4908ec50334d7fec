package deployments

import "context"

// Check looks at the customer, since build 1.1. It returns "checked".
func Check(context.Context) (string, error) { return "checked", nil }

// Charge takes the money before anything is reserved, in build 2.0; before, it
// is paid on delivery. It returns "charged".
func Charge(context.Context) (string, error) { return "charged", nil }

// Reserve is called by every build. It returns "reserved".
func Reserve(context.Context) (string, error) { return "reserved", nil }

// AddItem is called for each signal "add", by every build. It returns "item".
func AddItem(context.Context) (string, error) { return "item", nil }
