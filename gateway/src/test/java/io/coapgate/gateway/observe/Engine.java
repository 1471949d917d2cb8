package io.coapgate.gateway.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.gateway.authz.Caching;
import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.authz.Feed;
import io.coapgate.gateway.authz.PathTemplate;
import io.coapgate.gateway.authz.Route;
import io.coapgate.gateway.authz.RouteTable;
import io.coapgate.gateway.authz.Translations;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.Device;
import io.coapgate.gateway.device.DeviceId;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.device.SnapshotDeviceRegistry;
import io.coapgate.gateway.device.Validity;
import io.coapgate.gateway.exchange.CacheSettings;
import io.coapgate.gateway.exchange.CreationHintsPolicy;
import io.coapgate.gateway.exchange.DeviceExchange;
import io.coapgate.gateway.exchange.DeviceRequest;
import io.coapgate.gateway.exchange.DeviceResponse;
import io.coapgate.gateway.exchange.EchoFreshness;
import io.coapgate.gateway.exchange.ExchangeId;
import io.coapgate.gateway.exchange.ExchangeListener;
import io.coapgate.gateway.exchange.Forwarder;
import io.coapgate.gateway.exchange.ObservationEnd;
import io.coapgate.gateway.exchange.RequestOptions;
import io.coapgate.gateway.token.Cwts;
import io.coapgate.gateway.token.MutableClock;
import io.coapgate.gateway.token.SessionTokens;
import io.coapgate.gateway.token.TokenAdmission;
import io.coapgate.gateway.token.TokenExchange;
import io.coapgate.gateway.token.TokenRequest;
import io.coapgate.gateway.upstream.Audience;
import io.coapgate.gateway.upstream.BearerToken;
import io.coapgate.gateway.upstream.BodyReader;
import io.coapgate.gateway.upstream.BodyStream;
import io.coapgate.gateway.upstream.Header;
import io.coapgate.gateway.upstream.Upstream;
import io.coapgate.gateway.upstream.UpstreamName;
import io.coapgate.gateway.upstream.UpstreamRequest;
import io.coapgate.gateway.upstream.UpstreamResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Observations with everything real but time, chance, and the network on either side. */
final class Engine {
    static final Duration INTERVAL = Duration.ofSeconds(30);
    static final Duration REFRESH = Duration.ofMinutes(15);
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(5);
    static final Duration MAX_AGE = REFRESH.plus(INTERVAL.multipliedBy(2)).plus(RESPONSE_TIMEOUT);
    /** Within this an interval has certainly passed, with all that is added by chance. */
    static final Duration ONE_POLL = Duration.ofSeconds(34);

    final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    final ManualScheduler scheduler = new ManualScheduler(clock);
    final List<UpstreamRequest> asked = new ArrayList<>();
    final List<Stream> streams = new ArrayList<>();
    final List<String> heard = new ArrayList<>();
    final SessionTokens sessions = new SessionTokens(clock, 1, 100);
    final SnapshotDeviceRegistry registry = Devices.registry(record("d1"), record("d2"), record("d3"));
    final Observations observations;
    private final TokenAdmission admission = new TokenAdmission(Cwts.settings(), Cwts.KNOWN_SCOPES, sessions, clock);
    private final DeviceExchange exchange;

    Function<UpstreamRequest, CompletionStage<UpstreamResponse>> upstream = request -> response(204, "");

    /** What a device hears, in order. */
    static final class Ear implements Observer {
        final List<DeviceResponse> states = new ArrayList<>();
        final List<DeviceResponse> last = new ArrayList<>();

        @Override
        public void changed(DeviceResponse state) {
            states.add(state);
        }

        @Override
        public void ended(DeviceResponse response) {
            last.add(response);
        }

        List<String> texts() {
            return states.stream()
                    .map(state -> new String(state.payload(), StandardCharsets.UTF_8))
                    .toList();
        }

        List<String> codes() {
            return last.stream().map(response -> response.code().toString()).toList();
        }
    }

    Engine(ObservationSettings settings) {
        RouteTable routes = new RouteTable(List.of(
                route("/own/**", Route.Authentication.SESSION, Optional.of(new Feed.Polling(INTERVAL, REFRESH))),
                route("/kept/**", Route.Authentication.SESSION, Optional.of(new Feed.Polling(INTERVAL, REFRESH))),
                route("/token/**", Route.Authentication.TOKEN, Optional.of(new Feed.Polling(INTERVAL, REFRESH))),
                route(
                        "/live/**",
                        Route.Authentication.SESSION,
                        Optional.of(new Feed.Events("/events", "application/json", REFRESH))),
                route("/plain/**", Route.Authentication.SESSION, Optional.empty())));
        CreationHintsPolicy hints =
                new CreationHintsPolicy(Optional.of("coaps://as.example/token"), "coapgate", Optional.empty());
        Forwarder forwarder = new Forwarder(
                new DeviceNames(),
                Map.of(new UpstreamName("backend"), new Recorder()),
                new CacheSettings(100_000, 100_000),
                ExchangeListener.NONE,
                clock);
        this.exchange = new DeviceExchange(
                routes, sessions, forwarder, hints, new EchoFreshness(new SecureRandom(), clock), clock);
        this.observations = new Observations(
                routes,
                new Reauthorization(routes, sessions, hints, clock),
                exchange,
                settings,
                new Report(),
                new Timers(clock, scheduler, new Random(7)));
    }

    Engine() {
        this(new ObservationSettings(100, 10));
    }

    static Device record(String id) {
        return Devices.device(id, "read", Devices.psk("psk-" + id, Validity.ALWAYS));
    }

    private static Route route(String path, Route.Authentication authenticate, Optional<Feed> feed) {
        ScopeSet read = ScopeSet.of("read");
        return new Route(
                PathTemplate.parse(path),
                new UpstreamName("backend"),
                new Audience("https://backend.example"),
                authenticate,
                Map.of(CoapMethod.GET, read, CoapMethod.FETCH, read, CoapMethod.POST, read),
                Map.of(),
                RESPONSE_TIMEOUT,
                1024,
                Translations.feed(feed, path.startsWith("/kept") ? Caching.SHARED : Caching.NONE),
                Optional.empty());
    }

    /** A stream that has been asked for. */
    static final class Stream implements BodyStream {
        final UpstreamRequest request;
        final BodyReader reader;
        boolean closed;

        Stream(UpstreamRequest request, BodyReader reader) {
            this.request = request;
            this.reader = reader;
        }

        @Override
        public void close() {
            closed = true;
        }

        /** @return whether it may go on */
        boolean begin() {
            return begin(200, "text/event-stream;charset=utf-8");
        }

        boolean begin(int status, String type) {
            return reader.begin(new UpstreamResponse(status, Map.of("content-type", type), new byte[0]));
        }

        boolean say(String text) {
            return reader.read(text.getBytes(StandardCharsets.UTF_8));
        }

        void end() {
            reader.end(Optional.empty());
        }
    }

    private final class Recorder implements Upstream {
        @Override
        public CompletionStage<UpstreamResponse> send(UpstreamRequest request) {
            asked.add(request);
            return upstream.apply(request);
        }

        @Override
        public BodyStream stream(UpstreamRequest request, BodyReader reader) {
            Stream stream = new Stream(request, reader);
            streams.add(stream);
            return stream;
        }
    }

    /** JWTs that say nothing but whose they are. */
    private final class DeviceNames implements TokenExchange {
        @Override
        public CompletionStage<BearerToken> exchange(TokenRequest request) {
            return CompletableFuture.completedFuture(
                    new BearerToken(request.device().value(), clock.instant().plusSeconds(60)));
        }

        @Override
        public CompletionStage<BearerToken> replace(TokenRequest request, BearerToken rejected) {
            return exchange(request);
        }
    }

    private final class Report implements ExchangeListener {
        @Override
        public void observationBegan(DeviceId device) {
            heard.add(device + " began");
        }

        @Override
        public void observationDeclined(DeviceId device) {
            heard.add(device + " declined");
        }

        @Override
        public void observationEnded(DeviceId device, ObservationEnd reason) {
            heard.add(device + " " + reason.code());
        }
    }

    static CompletionStage<UpstreamResponse> response(int status, String body, String... headers) {
        Map<String, String> fields = new HashMap<>();
        if (!body.isEmpty()) {
            fields.put("content-type", "text/plain;charset=utf-8");
        }
        for (int i = 0; i < headers.length; i += 2) {
            fields.put(headers[i], headers[i + 1]);
        }
        return CompletableFuture.completedFuture(
                new UpstreamResponse(status, fields, body.getBytes(StandardCharsets.UTF_8)));
    }

    void answers(int status, String body, String... headers) {
        upstream = request -> response(status, body, headers);
    }

    /** A resource with an entity-tag, which is validated. */
    void serves(String etag, String body, String... headers) {
        String quoted = '"' + etag + '"';
        upstream = request -> header(request, "if-none-match").equals(quoted)
                ? response(304, "", with(headers, quoted))
                : response(200, body, with(headers, quoted));
    }

    private static String[] with(String[] headers, String etag) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.add("etag");
        all.add(etag);
        return all.toArray(String[]::new);
    }

    static String header(UpstreamRequest request, String name) {
        return request.headers().stream()
                .filter(header -> header.name().equals(name))
                .map(Header::value)
                .findFirst()
                .orElse("");
    }

    /** Whose JWTs came with the requests since the last call. */
    List<String> carriers() {
        List<String> names = asked.stream()
                .map(request -> request.token().authorization().substring("Bearer ".length()))
                .toList();
        asked.clear();
        return names;
    }

    AuthenticatedDevice device(String id) {
        return Devices.authenticated(record(id), registry, clock);
    }

    void upload(AuthenticatedDevice device, Duration lifetime) throws Exception {
        admission.admit(
                device,
                Cwts.issuedByAs(Cwts.claims(clock.instant(), "read")
                        .expiresAt(clock.instant().plus(lifetime))
                        .confirmation(Confirmation.of(KeyId.ofUtf8("psk-" + device.id())))
                        .build()));
    }

    static DeviceRequest get(AuthenticatedDevice device, String... path) {
        return request(device, CoapMethod.GET, RequestOptions.of(List.of(path), List.of()));
    }

    static DeviceRequest request(AuthenticatedDevice device, CoapMethod method, RequestOptions options) {
        return new DeviceRequest(
                new ExchangeId(1, 2),
                device,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 40000),
                method,
                options,
                new byte[0]);
    }

    DeviceResponse answer(DeviceRequest request) {
        return exchange.handle(request).toCompletableFuture().join();
    }

    /** As the CoAP edge does it: the request is answered, and then observed. */
    Optional<Observation> observe(DeviceRequest request, Observer observer) {
        return observations.register(request, answer(request), observer);
    }

    /** Observes, and forgets what has been asked for that. */
    Ear observing(DeviceRequest request) {
        Ear ear = new Ear();
        assertThat(observe(request, ear)).isPresent();
        asked.clear();
        return ear;
    }
}
