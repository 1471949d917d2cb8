package io.coapgate.gateway.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.authz.InvalidPathException;
import io.coapgate.gateway.authz.PathTemplate;
import io.coapgate.gateway.authz.RequestPath;
import io.coapgate.gateway.authz.Route;
import io.coapgate.gateway.authz.RouteTable;
import io.coapgate.gateway.authz.Translations;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.Device;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.device.SnapshotDeviceRegistry;
import io.coapgate.gateway.device.Validity;
import io.coapgate.gateway.exchange.CoapCode;
import io.coapgate.gateway.exchange.ContentFormat;
import io.coapgate.gateway.exchange.DeviceRequest;
import io.coapgate.gateway.exchange.DeviceResponse;
import io.coapgate.gateway.exchange.EntityTag;
import io.coapgate.gateway.exchange.ExchangeId;
import io.coapgate.gateway.exchange.Preconditions;
import io.coapgate.gateway.exchange.RequestOptions;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.token.Cwts;
import io.coapgate.gateway.token.MutableClock;
import io.coapgate.gateway.token.SessionTokens;
import io.coapgate.gateway.token.TokenAdmission;
import io.coapgate.gateway.upstream.Audience;
import io.coapgate.gateway.upstream.UpstreamName;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6690 §4, with routes and tokens as they are. */
class DiscoveryTest {
    private static final Link AUTHZ_INFO = link("/authz-info", LinkAttribute.resourceTypes(List.of("ace.ai")));
    private static final String OWN = "</authz-info>;rt=\"ace.ai\"";

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final SessionTokens sessions = new SessionTokens(clock, 2, 100);
    private final Device sensor = Devices.device("d1", "read", Devices.psk("id1", Validity.ALWAYS));
    private final Device stranger = Devices.device("d2", "", Devices.psk("id2", Validity.ALWAYS));
    private final SnapshotDeviceRegistry registry = Devices.registry(sensor, stranger);
    private final AuthenticatedDevice device = Devices.authenticated(sensor, registry, clock);
    private final AuthenticatedDevice other = Devices.authenticated(stranger, registry, clock);

    private static Link link(String path, LinkAttribute... attributes) {
        try {
            return new Link(RequestPath.of(PathTemplate.parse(path).segments()), List.of(attributes));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Link typed(String path, String... types) {
        return types.length == 0 ? link(path) : link(path, LinkAttribute.resourceTypes(List.of(types)));
    }

    private static Route route(String path, Route.Authentication authenticate, Map<CoapMethod, ScopeSet> methods) {
        return new Route(
                PathTemplate.parse(path),
                new UpstreamName("backend"),
                new Audience("https://backend.example"),
                authenticate,
                methods,
                Map.of(),
                Duration.ofSeconds(5),
                16,
                Translations.DEFAULT,
                Optional.empty());
    }

    private Discovery discovery(List<Link> links) {
        RouteTable routes = new RouteTable(List.of(
                route("/**", Route.Authentication.SESSION, Map.of(CoapMethod.GET, ScopeSet.of("read"))),
                route(
                        "/closed/**",
                        Route.Authentication.TOKEN,
                        Map.of(CoapMethod.GET, ScopeSet.of("read"), CoapMethod.PUT, ScopeSet.of("write"))),
                route("/admin", Route.Authentication.SESSION, Map.of(CoapMethod.PUT, ScopeSet.of("write")))));
        return new Discovery(new LinkCatalogue(links, List.of(AUTHZ_INFO), routes, sessions), clock);
    }

    private static DeviceRequest request(AuthenticatedDevice device, CoapMethod method, RequestOptions options) {
        return new DeviceRequest(
                new ExchangeId(1, 2),
                device,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                method,
                options,
                new byte[0]);
    }

    private static RequestOptions options(String... filters) {
        return RequestOptions.of(Discovery.PATH, List.of(filters));
    }

    private static DeviceResponse send(Discovery discovery, DeviceRequest request) {
        return discovery.handle(request).toCompletableFuture().join();
    }

    private static String list(Discovery discovery, AuthenticatedDevice device, String... filters) {
        DeviceResponse response = send(discovery, request(device, CoapMethod.GET, options(filters)));
        assertThat(response.code()).isEqualTo(CoapCode.CONTENT);
        assertThat(response.contentFormat()).hasValue(ContentFormat.LINK_FORMAT);
        return new String(response.payload(), UTF_8);
    }

    private String list(List<Link> links, String... filters) {
        return list(discovery(links), device, filters);
    }

    private void upload(String scope) throws Exception {
        new TokenAdmission(Cwts.settings(), Cwts.KNOWN_SCOPES, sessions, clock)
                .admit(
                        device,
                        Cwts.issuedByAs(Cwts.claims(clock.instant(), scope)
                                .confirmation(Confirmation.of(KeyId.ofUtf8("id1")))
                                .build()));
    }

    /** TD_COAP_LINK_01 to 09 of ETSI's list. */
    @Nested
    class Link01To09 {
        private final List<Link> byType = List.of(
                typed("/link1", "Type1", "Type2"),
                typed("/link2", "Type2", "Type3"),
                typed("/link3", "Type1", "Type3"),
                typed("/test"));

        @Test
        void link01ListsAllThatTheCallerMayUse() {
            assertThat(list(byType))
                    .isEqualTo("</link1>;rt=\"Type1 Type2\",</link2>;rt=\"Type2 Type3\",</link3>;rt=\"Type1 Type3\","
                            + "</test>," + OWN);
        }

        @Test
        void link02FiltersByType() {
            List<Link> links = List.of(typed("/link1", "Type1"), typed("/link2", "Type2"), typed("/test"));
            assertThat(list(links, "rt=Type1")).isEqualTo("</link1>;rt=\"Type1\"");
        }

        @Test
        void link03TakesTheEmptyPrefixForHavingTheAttribute() {
            assertThat(list(byType, "rt=*"))
                    .contains("/link1", "/link2", "/link3", OWN)
                    .doesNotContain("/test");
        }

        @Test
        void link04ComparesEachOfSeveralTypes() {
            assertThat(list(byType, "rt=Type2")).isEqualTo("</link1>;rt=\"Type1 Type2\",</link2>;rt=\"Type2 Type3\"");
        }

        @Test
        void link05FiltersByThePrefixOfAnInterface() {
            List<Link> links = List.of(
                    link("/link1", LinkAttribute.interfaces(List.of("If1"))),
                    link("/link2", LinkAttribute.interfaces(List.of("If2"))),
                    link("/link3", LinkAttribute.interfaces(List.of("foo"))),
                    link("/test"));
            assertThat(list(links, "if=If*")).isEqualTo("</link1>;if=\"If1\",</link2>;if=\"If2\"");
        }

        @Test
        void link06FiltersBySize() {
            List<Link> links = List.of(link("/link1", LinkAttribute.size(1280)), link("/link2"));
            assertThat(list(links, "sz=*")).isEqualTo("</link1>;sz=1280");
        }

        @Test
        void link07FiltersByTarget() {
            assertThat(list(byType, "href=/link1")).isEqualTo("</link1>;rt=\"Type1 Type2\"");
        }

        @Test
        void link08FiltersByThePrefixOfATarget() {
            assertThat(list(byType, "href=/link*"))
                    .contains("</link1>", "</link2>", "</link3>")
                    .doesNotContain("/test", "/authz-info");
        }

        @Test
        void link09NamesAListByItsContentFormat() {
            List<Link> links = List.of(link("/path", LinkAttribute.contentFormats(List.of(40))), link("/test"));
            assertThat(list(links, "ct=40")).isEqualTo("</path>;ct=40");
        }
    }

    @Nested
    class Filters {
        private final List<Link> links = List.of(
                link(
                        "/temp",
                        LinkAttribute.resourceTypes(List.of("temperature")),
                        LinkAttribute.contentFormats(List.of(50, 60))),
                link("/hum", LinkAttribute.resourceTypes(List.of("humidity")), LinkAttribute.OBSERVABLE));

        @Test
        void allOfSeveralMustMatch() {
            assertThat(list(links, "rt=*", "ct=60")).startsWith("</temp>").doesNotContain("/hum");
            assertThat(list(links, "rt=humidity", "ct=60")).isEmpty();
        }

        @Test
        void nothingFoundIsAnEmptyListAndNotAnError() {
            assertThat(list(links, "rt=pressure")).isEmpty();
            assertThat(list(links, "colour=red")).isEmpty();
        }

        @Test
        void anEmptyArgumentAsksForNothing() {
            assertThat(list(links, "")).contains("/temp", "/hum");
        }

        @ParameterizedTest
        @ValueSource(strings = {"rt=a\nb", "rt=\ufffd"})
        void whatIsNotTextIsRefused(String filter) {
            DeviceResponse response = send(discovery(links), request(device, CoapMethod.GET, options("rt=*", filter)));
            assertThat(response.refusal()).contains(Refusal.QUERY_INVALID);
        }
    }

    @Nested
    class Authorization {
        private final Discovery discovery =
                discovery(List.of(typed("/open"), typed("/closed/a"), typed("/closed/b"), typed("/admin")));

        @Test
        void theRegistrysScopesShowWhatTheSessionMayUse() {
            assertThat(list(discovery, device)).isEqualTo("</open>," + OWN);
        }

        @Test
        void aTokenShowsWhatItsScopesAllowByAnyMethod() throws Exception {
            upload("write");
            assertThat(list(discovery, device)).isEqualTo("</open>,</closed/a>,</closed/b>," + OWN);
        }

        @Test
        void oneDevicesLinksAreNotShownToAnother() throws Exception {
            upload("read");
            assertThat(list(discovery, device)).contains("/closed/a");
            assertThat(list(discovery, other)).isEqualTo(OWN);
            assertThat(list(discovery, other, "href=/closed/*")).isEmpty();
            AuthenticatedDevice secondSession = Devices.authenticated(sensor, registry, clock);
            assertThat(list(discovery, secondSession)).doesNotContain("/closed");
        }

        @Test
        void whenTheTokenEndsItsLinksGo() throws Exception {
            upload("read");
            clock.advance(Duration.ofMinutes(10));
            assertThat(list(discovery, device)).doesNotContain("/closed");
        }

        @Test
        void aWithdrawnDeviceLearnsNothing() throws Exception {
            registry.replace(List.of(stranger));
            DeviceResponse response = send(discovery, request(device, CoapMethod.GET, options()));
            assertThat(response.code()).isEqualTo(CoapCode.UNAUTHORIZED);
            assertThat(response.refusal()).contains(Refusal.DEVICE_REVOKED);
        }
    }

    @Nested
    class Caching {
        private final Discovery discovery = discovery(List.of(typed("/open"), typed("/closed/a")));

        private DeviceResponse get(Preconditions conditions) {
            return send(discovery, request(device, CoapMethod.GET, options().withPreconditions(conditions)));
        }

        private static Preconditions etags(EntityTag... tags) {
            return new Preconditions(List.of(tags), List.of(), false, false);
        }

        @Test
        void theListIsValidatedByItsContent() throws Exception {
            EntityTag etag = get(Preconditions.NONE).options().etag().orElseThrow();
            DeviceResponse valid = get(etags(EntityTag.of(new byte[] {1}), etag));
            assertThat(valid.code()).isEqualTo(CoapCode.VALID);
            assertThat(valid.options().etag()).contains(etag);
            assertThat(valid.payload()).isEmpty();
            assertThat(valid.maxAge()).contains(Duration.ofSeconds(60));
            upload("read");
            DeviceResponse changed = get(etags(etag));
            assertThat(changed.code()).isEqualTo(CoapCode.CONTENT);
            assertThat(changed.options().etag()).isPresent().isNotEqualTo(etag);
        }

        @Test
        void aListIsNotKeptLongerThanWhatItWasGrantedBy() throws Exception {
            upload("read");
            assertThat(get(Preconditions.NONE).maxAge()).contains(Duration.ofSeconds(60));
            clock.advance(Duration.ofSeconds(580));
            assertThat(get(Preconditions.NONE).maxAge()).contains(Duration.ofSeconds(20));
        }

        @Test
        void otherConditionsAreHonoured() {
            EntityTag etag = get(Preconditions.NONE).options().etag().orElseThrow();
            EntityTag another = EntityTag.of(new byte[] {1});
            assertThat(get(new Preconditions(List.of(), List.of(etag), false, false))
                            .code())
                    .isEqualTo(CoapCode.CONTENT);
            assertThat(get(new Preconditions(List.of(), List.of(), true, false)).code())
                    .isEqualTo(CoapCode.CONTENT);
            assertThat(get(new Preconditions(List.of(), List.of(another), false, false))
                            .code())
                    .isEqualTo(CoapCode.PRECONDITION_FAILED);
            assertThat(get(new Preconditions(List.of(), List.of(), false, true)).code())
                    .isEqualTo(CoapCode.PRECONDITION_FAILED);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "GET")
    void takesNoOtherMethod(CoapMethod method) {
        DeviceResponse response = send(discovery(List.of()), request(device, method, options()));
        assertThat(response.code()).isEqualTo(CoapCode.METHOD_NOT_ALLOWED);
    }

    @Test
    void comesInLinkFormatOrNotAtAll() {
        Discovery discovery = discovery(List.of());
        assertThat(send(discovery, request(device, CoapMethod.GET, options().withAccept(40)))
                        .code())
                .isEqualTo(CoapCode.CONTENT);
        assertThat(send(discovery, request(device, CoapMethod.GET, options().withAccept(50)))
                        .code())
                .isEqualTo(CoapCode.NOT_ACCEPTABLE);
    }

    @Test
    void linksHaveARouteAndABound() {
        RouteTable none = new RouteTable(List.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LinkCatalogue(List.of(typed("/a")), List.of(), none, sessions));
        Link longest = link("/a", LinkAttribute.title("x".repeat(LinkCatalogue.MAX_BYTES)));
        assertThatIllegalArgumentException().isThrownBy(() -> discovery(List.of(longest)));
    }
}
