package io.coapgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.authz.PathTemplate;
import io.coapgate.gateway.authz.Route;
import io.coapgate.gateway.authz.RouteTable;
import io.coapgate.gateway.authz.Translations;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.device.Validity;
import io.coapgate.gateway.exchange.DeviceRequest;
import io.coapgate.gateway.exchange.ExchangeId;
import io.coapgate.gateway.exchange.RequestOptions;
import io.coapgate.gateway.upstream.Audience;
import io.coapgate.gateway.upstream.UpstreamName;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestedRouteTest {
    private final RequestedRoute where = new RequestedRoute(new RouteTable(List.of(new Route(
            PathTemplate.parse("/patients/{id}/**"),
            new UpstreamName("backend"),
            new Audience("https://backend.example"),
            Route.Authentication.SESSION,
            Map.of(CoapMethod.GET, ScopeSet.EMPTY),
            Map.of(),
            Duration.ofSeconds(1),
            0,
            Translations.DEFAULT,
            Optional.empty()))));

    private String of(String... path) {
        return where.text(new DeviceRequest(
                new ExchangeId(1, 2),
                Devices.authenticated(Devices.device("d1", "", Devices.psk("d1", Validity.ALWAYS)), Clock.systemUTC()),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 5684),
                CoapMethod.GET,
                RequestOptions.of(List.of(path), List.of("query-that-nobody-asked-for")),
                new byte[0]));
    }

    @Test
    void namesTheRouteAndNotWhatItsVariablesStandFor() {
        assertThat(of("patients", "jane-doe", "pulse")).isEqualTo("route=/patients/{id}/**");
        assertThat(of("authz-info")).isEqualTo("route=/authz-info");
        assertThat(of(".well-known", "core")).isEqualTo("route=/.well-known/core");
    }

    @Test
    void showsAPathWithoutARouteEncodedAndCut() {
        assertThat(of("patiens", "a b=\"c\" \u2028\u00e9")).isEqualTo("path=/patiens/a%20b=%22c%22%20%E2%80%A8%C3%A9");
        assertThat(of("x".repeat(200))).isEqualTo("path=/" + "x".repeat(63) + "…");
        assertThat(of()).isEqualTo("path=/");
    }

    @Test
    void showsNothingOfAPathThatIsRefusedForItsForm() {
        assertThat(of("a\nrequest refused: reason=forged")).isEqualTo("path=invalid");
        assertThat(of("..")).isEqualTo("path=invalid");
    }
}
