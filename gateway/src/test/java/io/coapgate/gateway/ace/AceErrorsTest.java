package io.coapgate.gateway.ace;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.ace.AccessTokenError;
import io.coapgate.crypto.ace.AceError;
import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.device.Validity;
import io.coapgate.gateway.exchange.CoapCode;
import io.coapgate.gateway.exchange.ContentFormat;
import io.coapgate.gateway.exchange.DeviceRequest;
import io.coapgate.gateway.exchange.DeviceResponse;
import io.coapgate.gateway.exchange.ExchangeId;
import io.coapgate.gateway.exchange.ExchangeListener;
import io.coapgate.gateway.exchange.GuardedHandler;
import io.coapgate.gateway.exchange.InFlightLimiter;
import io.coapgate.gateway.exchange.LimitSettings;
import io.coapgate.gateway.exchange.Preconditions;
import io.coapgate.gateway.exchange.Refusals;
import io.coapgate.gateway.exchange.RequestHandler;
import io.coapgate.gateway.exchange.RequestOptions;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.token.MutableClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** RFC 9200 §5.8.3 and §5.9.3. */
class AceErrorsTest {
    private final AuthenticatedDevice device = Devices.authenticated(
            Devices.device("d1", "read", Devices.psk("id1", Validity.ALWAYS)),
            new MutableClock(Instant.parse("2026-01-01T00:00:00Z")));

    private DeviceResponse ask(RequestHandler endpoint) {
        RequestOptions options = new RequestOptions(
                List.of("token"),
                List.of(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Preconditions.NONE,
                Optional.empty(),
                Optional.empty());
        InetSocketAddress peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        return new AceErrors(endpoint)
                .handle(new DeviceRequest(new ExchangeId(1, 2), device, peer, CoapMethod.POST, options, new byte[0]))
                .toCompletableFuture()
                .join();
    }

    /** Whichever reason there is, nobody is told more than one of the RFC's forms has room for. */
    @ParameterizedTest
    @EnumSource
    void everyRefusalKeepsItsCodeAndGetsOneOfTheTwoForms(Refusal reason) throws Exception {
        DeviceResponse before = Refusals.response(reason);
        DeviceResponse after = ask(request -> completedFuture(before));
        assertThat(after.code()).isEqualTo(before.code());
        assertThat(after.refusal()).contains(reason);
        assertThat(after.maxAge()).isEqualTo(before.maxAge());
        if (after.code() == CoapCode.UNAUTHORIZED) {
            assertThat(after.contentFormat()).isEqualTo(OptionalInt.of(ContentFormat.ACE_CBOR));
            assertThat(AccessTokenError.decode(after.payload()))
                    .isEqualTo(AccessTokenError.of(AceError.INVALID_CLIENT));
        } else {
            assertThat(after.contentFormat()).isEmpty();
            assertThat(after.payload()).isEmpty();
        }
    }

    @Test
    void whatIsRefusedBeforeTheEndpointHearsOfItHasNoProblemDetailsEither() {
        InFlightLimiter limiter = new InFlightLimiter(new LimitSettings(1, 1));
        RequestHandler never = request -> {
            throw new AssertionError("not to be asked");
        };
        assertThat(limiter.acquire(device.id())).isEmpty();
        DeviceResponse busy = ask(new GuardedHandler(limiter, ExchangeListener.NONE, never));
        assertThat(busy.code()).isIn(CoapCode.TOO_MANY_REQUESTS, CoapCode.SERVICE_UNAVAILABLE);
        assertThat(busy.maxAge()).contains(Duration.ofSeconds(5));
        assertThat(busy.payload()).isEmpty();
    }

    @Test
    void answersThatAreNoRefusalsStayAsTheyAre() {
        DeviceResponse created = DeviceResponse.of(CoapCode.CREATED);
        assertThat(ask(request -> completedFuture(created))).isSameAs(created);
    }
}
