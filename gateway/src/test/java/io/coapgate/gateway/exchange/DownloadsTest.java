package io.coapgate.gateway.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.authz.InvalidPathException;
import io.coapgate.gateway.authz.PathTemplate;
import io.coapgate.gateway.authz.RequestTarget;
import io.coapgate.gateway.authz.Route;
import io.coapgate.gateway.authz.Translations;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.Device;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.device.Validity;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.token.MutableClock;
import io.coapgate.gateway.token.TokenExchange;
import io.coapgate.gateway.token.TokenRequest;
import io.coapgate.gateway.upstream.Audience;
import io.coapgate.gateway.upstream.BearerToken;
import io.coapgate.gateway.upstream.Header;
import io.coapgate.gateway.upstream.Upstream;
import io.coapgate.gateway.upstream.UpstreamException;
import io.coapgate.gateway.upstream.UpstreamName;
import io.coapgate.gateway.upstream.UpstreamRequest;
import io.coapgate.gateway.upstream.UpstreamResponse;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final int LONGEST_ANSWER = 64 * 1024;
    private static final Route ROUTE = new Route(
            PathTemplate.parse("/**"),
            new UpstreamName("backend"),
            new Audience("https://backend.example"),
            Route.Authentication.SESSION,
            Map.of(CoapMethod.GET, ScopeSet.EMPTY),
            Map.of(),
            Duration.ofSeconds(5),
            16,
            Translations.ranges(),
            Optional.empty());

    private final MutableClock clock = new MutableClock(NOW);
    private final Device record = Devices.device("d1", "", Devices.psk("d1", Validity.ALWAYS));
    private final FileService service = new FileService(200_000);
    private final Forwarder forwarder = restarted();
    private AuthenticatedDevice device = Devices.authenticated(record, clock);

    private Forwarder restarted() {
        return new Forwarder(
                new OneToken(),
                Map.of(new UpstreamName("backend"), service),
                new CacheSettings(0, 0),
                ExchangeListener.NONE,
                clock);
    }

    private static final class OneToken implements TokenExchange {
        @Override
        public CompletionStage<BearerToken> exchange(TokenRequest request) {
            return CompletableFuture.completedFuture(new BearerToken("ey", NOW));
        }

        @Override
        public CompletionStage<BearerToken> replace(TokenRequest request, BearerToken rejected) {
            return exchange(request);
        }
    }

    /** A file on a service that serves ranges as RFC 9110 §14 says. */
    private static final class FileService implements Upstream {
        private final List<String> ranges = new ArrayList<>();
        private final Map<String, String> extra = new HashMap<>(Map.of("content-type", "application/octet-stream"));
        private byte[] file;
        private String etag = "\"version-one\"";
        private boolean servesRanges = true;

        FileService(int length) {
            file = content(length, 1);
        }

        static byte[] content(int length, long seed) {
            byte[] bytes = new byte[length];
            new Random(seed).nextBytes(bytes);
            return bytes;
        }

        @Override
        public CompletionStage<UpstreamResponse> send(UpstreamRequest request) {
            Map<String, String> headers =
                    request.headers().stream().collect(Collectors.toMap(Header::name, Header::value));
            ranges.add(headers.get("range")
                    + Optional.ofNullable(headers.get("if-range"))
                            .map(e -> " if " + e)
                            .orElse(""));
            if (etag.equals(headers.get("if-none-match"))) {
                return answer(304, new byte[0], Map.of());
            }
            boolean same =
                    headers.get("if-range") == null || headers.get("if-range").equals(etag);
            String[] range =
                    required(headers, "range").substring("bytes=".length()).split("-", 2);
            int first = Integer.parseInt(range[0]);
            if (!servesRanges || !same) {
                return answer(200, file, Map.of());
            }
            if (first >= file.length) {
                return answer(416, new byte[0], Map.of("content-range", "bytes */" + file.length));
            }
            int last = Math.min(file.length - 1, Integer.parseInt(range[1]));
            return answer(
                    206,
                    Arrays.copyOfRange(file, first, last + 1),
                    Map.of("content-range", "bytes " + first + "-" + last + "/" + file.length));
        }

        private static String required(Map<String, String> headers, String name) {
            return Objects.requireNonNull(headers.get(name), name);
        }

        private CompletionStage<UpstreamResponse> answer(int status, byte[] body, Map<String, String> headers) {
            if (body.length > LONGEST_ANSWER) {
                return CompletableFuture.failedFuture(
                        new UpstreamException(Refusal.UPSTREAM_RESPONSE_TOO_LARGE, "too large"));
            }
            Map<String, String> all = new HashMap<>(extra);
            all.putAll(headers);
            if (!etag.isEmpty()) {
                all.put("etag", etag);
            }
            return CompletableFuture.completedFuture(new UpstreamResponse(status, all, body));
        }
    }

    private DeviceResponse get(Forwarder through, RequestOptions options) {
        DeviceRequest request = new DeviceRequest(
                new ExchangeId(1, 2),
                device,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 5684),
                CoapMethod.GET,
                options,
                new byte[0]);
        TokenRequest grant = new TokenRequest(
                record.id(),
                record.tenant(),
                ROUTE.audience(),
                ScopeSet.EMPTY,
                NOW.plusSeconds(60),
                Map.of(),
                device.sessionKey());
        try {
            RequestTarget target = RequestTarget.of(request.pathSegments(), List.of());
            return through.forward(request, target, ROUTE, grant, false)
                    .toCompletableFuture()
                    .join();
        } catch (InvalidPathException e) {
            throw new AssertionError(e);
        }
    }

    private static RequestOptions options() {
        return RequestOptions.of(List.of("firmware.bin"), List.of());
    }

    private DeviceResponse block(int number, int size) {
        return get(forwarder, options().withBlock2(new Block(number, size, false)));
    }

    private byte[] download(int size) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        boolean more = true;
        for (int number = 0; more; number++) {
            DeviceResponse answer = block(number, size);
            assertThat(answer.code()).isEqualTo(CoapCode.CONTENT);
            Block block = answer.options().block2().orElseThrow();
            assertThat(block.number()).isEqualTo(number);
            assertThat(block.size()).isEqualTo(size);
            assertThat(answer.options().size2())
                    .isEqualTo(number == 0 ? OptionalInt.of(service.file.length) : OptionalInt.empty());
            all.writeBytes(answer.payload());
            more = block.more();
        }
        return all.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 512, 64, 16})
    void aLongBodyComesInWindowsWhateverTheBlockSize(int size) {
        assertThat(download(size)).isEqualTo(service.file);
        assertThat(service.ranges)
                .containsExactly(
                        "bytes=0-32767",
                        "bytes=32768-65535 if \"version-one\"",
                        "bytes=65536-98303 if \"version-one\"",
                        "bytes=98304-131071 if \"version-one\"",
                        "bytes=131072-163839 if \"version-one\"",
                        "bytes=163840-196607 if \"version-one\"",
                        "bytes=196608-229375 if \"version-one\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1023, 1024, 1025, 32767, 32768, 32769, 65536})
    void endsWhereTheBodyDoes(int length) {
        service.file = FileService.content(length, 2);
        assertThat(download(1024)).isEqualTo(service.file);
    }

    @Test
    void withoutBlock2TheFirstBlockIsSent() {
        DeviceResponse first = get(forwarder, options());
        assertThat(first.options().block2()).contains(new Block(0, 1024, true));
        assertThat(first.payload()).isEqualTo(Arrays.copyOf(service.file, 1024));
        assertThat(first.contentFormat()).hasValue(42);
        assertThat(first.options().etag()).isPresent();
    }

    @Test
    void resumesAtAnyBlockAfterARestartOfEither() {
        Optional<EntityTag> etag = block(0, 1024).options().etag();
        device = Devices.authenticated(record, clock);
        DeviceResponse resumed = get(restarted(), options().withBlock2(new Block(100, 1024, false)));
        assertThat(resumed.payload()).isEqualTo(Arrays.copyOfRange(service.file, 102400, 103424));
        assertThat(resumed.options().etag()).isEqualTo(etag);
        assertThat(service.ranges).endsWith("bytes=102400-135167");
    }

    @Test
    void aDeviceThatNamesItsETagAsksForMoreOfTheSame() {
        EntityTag etag = block(0, 1024).options().etag().orElseThrow();
        device = Devices.authenticated(record, clock);
        RequestOptions resumed = options()
                .withBlock2(new Block(100, 1024, false))
                .withPreconditions(new Preconditions(List.of(etag), List.of(), false, false));
        assertThat(get(forwarder, resumed).code()).isEqualTo(CoapCode.CONTENT);
        assertThat(service.ranges).endsWith("bytes=102400-135167 if \"version-one\"");
    }

    @Test
    void aNewVersionUnderWayShowsByItsETag() {
        Optional<EntityTag> before = block(0, 1024).options().etag();
        service.file = FileService.content(150_000, 3);
        service.etag = "\"version-two\"";
        DeviceResponse inWindow = block(31, 1024);
        assertThat(inWindow.options().etag()).as("still of the window").isEqualTo(before);
        DeviceResponse after = block(32, 1024);
        assertThat(after.options().etag()).isPresent().isNotEqualTo(before);
        assertThat(after.payload()).isEqualTo(Arrays.copyOfRange(service.file, 32768, 33792));
        assertThat(service.ranges)
                .containsExactly("bytes=0-32767", "bytes=32768-65535 if \"version-one\"", "bytes=32768-65535");
    }

    @Test
    void theFirstBlockIsAlwaysFresh() {
        block(0, 1024);
        service.etag = "\"version-two\"";
        assertThat(block(0, 1024).options().etag())
                .contains(new EntityTags(1).toDevice("\"version-two\"").orElseThrow());
        assertThat(service.ranges).hasSize(2);
    }

    @Test
    void whatTheDeviceHasIsNotSent() {
        EntityTag etag = block(0, 1024).options().etag().orElseThrow();
        DeviceResponse valid =
                get(forwarder, options().withPreconditions(new Preconditions(List.of(etag), List.of(), false, false)));
        assertThat(valid.code()).isEqualTo(CoapCode.VALID);
    }

    @Test
    void aServiceWithoutRangesServesWhatFitsAnAnswer() {
        service.servesRanges = false;
        service.file = FileService.content(50_000, 4);
        assertThat(download(1024)).isEqualTo(service.file);
        assertThat(service.ranges).hasSize(1);
        service.file = FileService.content(100_000, 4);
        assertThat(block(0, 1024).refusal()).contains(Refusal.UPSTREAM_RESPONSE_TOO_LARGE);
    }

    @Test
    void aBlockBeyondTheEndIsRefused() {
        service.file = FileService.content(1024, 5);
        DeviceResponse beyond = block(1, 1024);
        assertThat(beyond.code()).isEqualTo(CoapCode.BAD_OPTION);
        assertThat(beyond.refusal()).contains(Refusal.BLOCK_UNKNOWN);
    }

    @Test
    void anEmptyBodyIsOneEmptyAnswer() {
        service.file = new byte[0];
        DeviceResponse empty = block(0, 1024);
        assertThat(empty.code()).isEqualTo(CoapCode.CONTENT);
        assertThat(empty.payload()).isEmpty();
    }

    @Test
    void withoutAnETagTheDateTellsVersionsApart() {
        service.etag = "";
        assertThat(block(0, 1024).refusal()).contains(Refusal.UPSTREAM_RESPONSE_INVALID);
        service.extra.put("last-modified", "Thu, 01 Jan 2026 00:00:00 GMT");
        Optional<EntityTag> first = block(0, 1024).options().etag();
        service.extra.put("last-modified", "Thu, 01 Jan 2026 00:00:01 GMT");
        assertThat(first).isPresent().isNotEqualTo(block(0, 1024).options().etag());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes 0-1023/200000",
                "bytes 1-32768/200000",
                "bytes 0-32767/100",
                "bytes 0-32767/*",
                "bytes 0-32767/99999999999",
                "bytes 0-32767/999999999999999999999",
                "items 0-32767/200000",
                "nonsense",
                ""
            })
    void aPartThatContradictsItselfIsRefused(String contentRange) {
        Upstream liar = request -> CompletableFuture.completedFuture(
                new UpstreamResponse(206, Map.of("etag", "\"a\"", "content-range", contentRange), new byte[32768]));
        Forwarder lied = new Forwarder(
                new OneToken(),
                Map.of(new UpstreamName("backend"), liar),
                new CacheSettings(0, 0),
                ExchangeListener.NONE,
                clock);
        assertThat(get(lied, options()).refusal()).contains(Refusal.UPSTREAM_RESPONSE_INVALID);
    }

    @Test
    void aPartInACodingIsRefused() {
        service.extra.put("content-encoding", "gzip");
        assertThat(block(0, 1024).refusal()).contains(Refusal.UPSTREAM_RESPONSE_INVALID);
    }

    @Test
    void aTextThatWouldBecomeLongerIsRefused() {
        service.extra.put("content-type", "text/plain;charset=iso-8859-1");
        assertThat(block(0, 1024).refusal()).contains(Refusal.UPSTREAM_RESPONSE_INVALID);
    }

    @Test
    void anotherSessionNeverSeesTheWindow() {
        block(0, 1024);
        device = Devices.authenticated(record, clock);
        block(1, 1024);
        assertThat(service.ranges).containsExactly("bytes=0-32767", "bytes=1024-33791");
    }
}
