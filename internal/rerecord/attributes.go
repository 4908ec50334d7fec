package rerecord

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/operatorservice/v1"
	"go.temporal.io/sdk/client"
)

// customAttributes are the search attributes that reference families set. The
// devserver has them from the start, and so do services that Temporal's own
// scripts have set up.
var customAttributes = map[string]enumspb.IndexedValueType{
	"CustomKeywordField": enumspb.INDEXED_VALUE_TYPE_KEYWORD,
	"CustomIntField":     enumspb.INDEXED_VALUE_TYPE_INT,
}

// namespaceRefresh is more than the time after which all parts of a service know
// of a change of a namespace: its setting system.namespaceCacheRefreshInterval.
const namespaceRefresh = 5 * time.Second

// addAttributes adds the search attributes that the namespace does not have.
// Without them the Workflow Tasks that set them would fail.
func addAttributes(ctx context.Context, c client.Client, namespace string) error {
	namespace = cmp.Or(namespace, client.DefaultNamespace)
	list, err := c.OperatorService().ListSearchAttributes(ctx,
		&operatorservice.ListSearchAttributesRequest{Namespace: namespace})
	if err != nil {
		return fmt.Errorf("asking for the search attributes of %s: %w", namespace, err)
	}
	missing := map[string]enumspb.IndexedValueType{}
	for name, kind := range customAttributes {
		if _, ok := list.GetCustomAttributes()[name]; !ok {
			missing[name] = kind
		}
	}
	if len(missing) == 0 {
		return nil
	}
	_, err = c.OperatorService().AddSearchAttributes(ctx, &operatorservice.AddSearchAttributesRequest{
		Namespace:        namespace,
		SearchAttributes: missing,
	})
	if err != nil {
		return fmt.Errorf("adding search attributes to %s: %w", namespace, err)
	}
	fmt.Fprintf(os.Stderr, "added %d search attributes to the namespace %s\n", len(missing), namespace)
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(namespaceRefresh):
		return nil
	}
}
