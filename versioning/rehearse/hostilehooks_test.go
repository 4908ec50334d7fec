package rehearse_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	failurepb "go.temporal.io/api/failure/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// hostile is what a user brings, and acts wherever it is called.
type hostile struct {
	t        *testing.T
	server   *httptest.Server
	requests atomic.Int64
	folder   string

	mu     sync.Mutex
	counts map[string]int
	kept   map[string]*commonpb.Payload
}

func newHostile(t *testing.T) *hostile {
	h := &hostile{t: t, folder: t.TempDir(), counts: map[string]int{}, kept: map[string]*commonpb.Payload{}}
	h.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.requests.Add(1) }))
	t.Cleanup(h.server.Close)
	return h
}

// acts counts, writes a file and asks a server.
func (h *hostile) acts(hook string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.counts[hook]++; h.counts[hook] > 1 {
		return // once is enough, and codecs are called often
	}
	if err := os.WriteFile(filepath.Join(h.folder, "acted"), []byte(hook), 0o600); err != nil {
		panic(err)
	}
	if answer, err := http.Get(h.server.URL); err == nil {
		_ = answer.Body.Close()
	}
}

func (h *hostile) since() map[string]int {
	h.mu.Lock()
	defer h.mu.Unlock()
	counts := map[string]int{}
	for hook, n := range h.counts {
		counts[hook] = n
	}
	return counts
}

func (h *hostile) reset() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.counts = map[string]int{}
}

// config is what the Workers of all stages have.
func (h *hostile) config() replay.Config {
	driver := &hostileStorage{h}
	coded := converter.NewCodecDataConverter(converter.GetDefaultDataConverter(), hostileCodec{h})
	tracing := interceptor.NewTracingInterceptor(&hostileTracer{h: h})
	failures := temporal.NewDefaultFailureConverter(temporal.DefaultFailureConverterOptions{})
	return replay.Config{Logger: &hostileLogger{h}, Worker: worker.WorkflowReplayerOptions{
		DataConverter:      &hostileConverter{coded, h},
		FailureConverter:   &hostileFailures{failures, h},
		Interceptors:       []interceptor.WorkerInterceptor{&hostileInterceptor{h: h}, tracing},
		ContextPropagators: []workflow.ContextPropagator{&hostilePropagator{h}},
		ExternalStorage: converter.ExternalStorage{
			Drivers: []converter.StorageDriver{driver}, DriverSelector: &hostileSelector{driver},
		},
		Plugins: []worker.Plugin{&hostilePlugin{h: h}},
	}}
}

// options are what a live Worker has beside that.
func (h *hostile) options(o *worker.Options) {
	o.OnFatalError = func(error) { h.acts("OnFatalError") }
	o.Plugins = []worker.Plugin{&hostilePlugin{h: h}}
	o.BackgroundActivityContext = hostileContext{context.Background(), h}
	o.EnableSessionWorker = true
	o.Tuner = &hostileTuner{h}
	o.PreferredVersionProvider = func(worker.PreferredVersionProviderInput) *worker.VersionPreference {
		h.acts("PreferredVersionProvider")
		return nil
	}
}

type hostileContext struct {
	context.Context
	h *hostile
}

func (c hostileContext) Value(key any) any {
	c.h.acts("BackgroundActivityContext")
	return c.Context.Value(key)
}

type hostileTuner struct{ h *hostile }

func (u *hostileTuner) supplier() worker.SlotSupplier {
	u.h.acts("tuner")
	s, err := worker.NewFixedSizeSlotSupplier(10)
	require.NoError(u.h.t, err)
	return s
}
func (u *hostileTuner) GetWorkflowTaskSlotSupplier() worker.SlotSupplier    { return u.supplier() }
func (u *hostileTuner) GetActivityTaskSlotSupplier() worker.SlotSupplier    { return u.supplier() }
func (u *hostileTuner) GetLocalActivitySlotSupplier() worker.SlotSupplier   { return u.supplier() }
func (u *hostileTuner) GetNexusSlotSupplier() worker.SlotSupplier           { return u.supplier() }
func (u *hostileTuner) GetSessionActivitySlotSupplier() worker.SlotSupplier { return u.supplier() }

type hostileConverter struct {
	converter.DataConverter
	h *hostile
}

func (c *hostileConverter) ToPayload(v any) (*commonpb.Payload, error) {
	c.h.acts("data converters and codecs")
	return c.DataConverter.ToPayload(v)
}

type hostileCodec struct{ h *hostile }

func (c hostileCodec) Encode(p []*commonpb.Payload) ([]*commonpb.Payload, error) {
	c.h.acts("data converters and codecs")
	return p, nil
}

func (c hostileCodec) Decode(p []*commonpb.Payload) ([]*commonpb.Payload, error) {
	c.h.acts("data converters and codecs")
	return p, nil
}

type hostileFailures struct {
	converter.FailureConverter
	h *hostile
}

func (c *hostileFailures) ErrorToFailure(err error) *failurepb.Failure {
	c.h.acts("failure converters")
	return c.FailureConverter.ErrorToFailure(err)
}

func (c *hostileFailures) FailureToError(f *failurepb.Failure) error {
	c.h.acts("failure converters")
	return c.FailureConverter.FailureToError(f)
}

type hostilePropagator struct{ h *hostile }

const propagates = "context propagators: InjectFromWorkflow, ExtractToWorkflow"

func (p *hostilePropagator) Inject(context.Context, workflow.HeaderWriter) error {
	p.h.acts("Inject")
	return nil
}

func (p *hostilePropagator) Extract(ctx context.Context, _ workflow.HeaderReader) (context.Context, error) {
	p.h.acts("Extract")
	return ctx, nil
}

func (p *hostilePropagator) InjectFromWorkflow(workflow.Context, workflow.HeaderWriter) error {
	p.h.acts(propagates)
	return nil
}

func (p *hostilePropagator) ExtractToWorkflow(ctx workflow.Context, _ workflow.HeaderReader) (workflow.Context, error) {
	p.h.acts(propagates)
	return ctx, nil
}

type hostilePlugin struct {
	worker.PluginBase
	clientPlugin
	h *hostile
}

// clientPlugin gives the other base another name.
type clientPlugin struct{ client.PluginBase }

const plugs = "plugins: ConfigureWorkflowReplayer, ReplayWorkflow, Name"

func (p *hostilePlugin) Name() string { p.h.acts(plugs); return "hostile" }

func (p *hostilePlugin) ConfigureWorkflowReplayer(context.Context,
	worker.PluginConfigureWorkflowReplayerOptions) error {
	p.h.acts(plugs)
	return nil
}

func (p *hostilePlugin) ConfigureWorker(context.Context, worker.PluginConfigureWorkerOptions) error {
	p.h.acts("ConfigureWorker")
	return nil
}

func (p *hostilePlugin) StartWorker(ctx context.Context, o worker.PluginStartWorkerOptions,
	next func(context.Context, worker.PluginStartWorkerOptions) error) error {
	p.h.acts("StartWorker")
	return next(ctx, o)
}

func (p *hostilePlugin) StopWorker(ctx context.Context, o worker.PluginStopWorkerOptions,
	next func(context.Context, worker.PluginStopWorkerOptions)) {
	p.h.acts("StopWorker")
	next(ctx, o)
}

func (p *hostilePlugin) ReplayWorkflow(ctx context.Context, o worker.PluginReplayWorkflowOptions,
	next func(context.Context, worker.PluginReplayWorkflowOptions) error) error {
	p.h.acts(plugs)
	return next(ctx, o)
}

func (p *hostilePlugin) ConfigureClient(context.Context, client.PluginConfigureClientOptions) error {
	p.h.acts("ConfigureClient")
	return nil
}

func (p *hostilePlugin) NewClient(ctx context.Context, o client.PluginNewClientOptions,
	next func(context.Context, client.PluginNewClientOptions) error) error {
	p.h.acts("NewClient")
	return next(ctx, o)
}

type hostileStorage struct{ h *hostile }

const stores = "external storage: Retrieve, SelectDriver, Name"

func (s *hostileStorage) Name() string { s.h.acts(stores); return "hostile" }
func (s *hostileStorage) Type() string { return "hostile" }

func (s *hostileStorage) Store(_ converter.StorageDriverStoreContext,
	payloads []*commonpb.Payload) (claims []converter.StorageDriverClaim, err error) {
	s.h.acts("Store")
	s.h.mu.Lock()
	defer s.h.mu.Unlock()
	for _, p := range payloads {
		key := time.Now().String()
		s.h.kept[key] = p
		claims = append(claims, converter.StorageDriverClaim{ClaimData: map[string]string{"key": key}})
	}
	return claims, nil
}

func (s *hostileStorage) Retrieve(_ converter.StorageDriverRetrieveContext,
	claims []converter.StorageDriverClaim) (payloads []*commonpb.Payload, err error) {
	s.h.acts(stores)
	s.h.mu.Lock()
	defer s.h.mu.Unlock()
	for _, c := range claims {
		payloads = append(payloads, s.h.kept[c.ClaimData["key"]])
	}
	return payloads, nil
}

type hostileSelector struct{ driver *hostileStorage }

func (s *hostileSelector) SelectDriver(converter.StorageDriverSelectContext,
	*commonpb.Payload) (converter.StorageDriver, error) {
	s.driver.h.acts(stores)
	return s.driver, nil
}

// hostileLogger tells what workflow code writes from what the SDK does.
type hostileLogger struct{ h *hostile }

func (l *hostileLogger) line(msg string) {
	if msg == "told" {
		l.h.acts("logger of workflows")
	}
}
func (l *hostileLogger) Debug(msg string, _ ...any) { l.line(msg) }
func (l *hostileLogger) Info(msg string, _ ...any)  { l.line(msg) }
func (l *hostileLogger) Warn(msg string, _ ...any)  { l.line(msg) }
func (l *hostileLogger) Error(msg string, _ ...any) { l.line(msg) }
