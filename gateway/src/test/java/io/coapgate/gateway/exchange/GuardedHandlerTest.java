package io.coapgate.gateway.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.device.Validity;
import io.coapgate.gateway.refusal.Refusal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedHandlerTest {
    private final InFlightLimiter limiter = new InFlightLimiter(new LimitSettings(3, 2));
    private final List<CompletableFuture<DeviceResponse>> underWay = new ArrayList<>();
    private final List<DeviceResponse> reported = new ArrayList<>();
    private ExchangeListener listener = new ExchangeListener() {
        @Override
        public void answered(DeviceRequest request, DeviceResponse response, Duration elapsed) {
            reported.add(response);
        }
    };
    private RequestHandler guarded = request -> {
        CompletableFuture<DeviceResponse> answer = new CompletableFuture<>();
        underWay.add(answer);
        return answer;
    };

    private static AuthenticatedDevice device(String id) {
        return Devices.authenticated(Devices.device(id, "", Devices.psk(id, Validity.ALWAYS)), Clock.systemUTC());
    }

    private void begin(String device) {
        assertThat(send(device)).isNotDone();
    }

    private CompletableFuture<DeviceResponse> send(String device) {
        return new GuardedHandler(limiter, listener, guarded)
                .handle(new DeviceRequest(
                        new ExchangeId(1, 2),
                        device(device),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                        CoapMethod.GET,
                        RequestOptions.of(List.of(), List.of()),
                        new byte[0]))
                .toCompletableFuture();
    }

    @Test
    void oneDeviceCannotTakeEveryPlace() {
        begin("a");
        begin("a");
        DeviceResponse refused = send("a").join();
        assertThat(refused.code()).isEqualTo(CoapCode.TOO_MANY_REQUESTS);
        assertThat(refused.refusal()).contains(Refusal.DEVICE_BUSY);
        assertThat(refused.maxAge()).isPresent();
        assertThat(send("b")).isNotDone();
    }

    @Test
    void allTogetherAreBounded() {
        begin("a");
        begin("b");
        begin("c");
        DeviceResponse refused = send("d").join();
        assertThat(refused.code()).isEqualTo(CoapCode.SERVICE_UNAVAILABLE);
        assertThat(refused.refusal()).contains(Refusal.GATEWAY_BUSY);
        assertThat(refused.maxAge()).isPresent();
    }

    @Test
    void anAnswerMakesRoom() {
        begin("a");
        begin("a");
        underWay.get(0).complete(DeviceResponse.of(CoapCode.CONTENT));
        assertThat(send("a")).isNotDone();
        assertThat(limiter.inFlight()).isEqualTo(2);
    }

    @Test
    void aFailureIsAnsweredReportedAndMakesRoom() {
        CompletableFuture<DeviceResponse> answer = send("a");
        underWay.get(0).completeExceptionally(new IllegalStateException("bug"));
        assertThat(answer.join().refusal()).contains(Refusal.INTERNAL_ERROR);
        guarded = request -> {
            throw new IllegalStateException("bug");
        };
        assertThat(send("a").join().code()).isEqualTo(CoapCode.INTERNAL_SERVER_ERROR);
        assertThat(reported).hasSize(2);
        assertThat(limiter.inFlight()).isZero();
    }

    @Test
    void anErrorIsAnsweredAndMakesRoomToo() {
        guarded = request -> {
            throw new StackOverflowError("bug");
        };
        assertThat(send("a").join().refusal()).contains(Refusal.INTERNAL_ERROR);
        assertThat(limiter.inFlight()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aListenerThatFailsKeepsNoAnswerBack(boolean error) {
        listener = new ExchangeListener() {
            @Override
            public void answered(DeviceRequest request, DeviceResponse response, Duration elapsed) {
                if (error) {
                    throw new AssertionError("bug");
                }
                throw new IllegalStateException("bug");
            }
        };
        guarded = request -> CompletableFuture.completedFuture(DeviceResponse.of(CoapCode.CONTENT));
        assertThat(send("a").join().code()).isEqualTo(CoapCode.CONTENT);
        assertThat(limiter.inFlight()).isZero();
        assertThat(limiter.close()).isDone();
        assertThat(send("a").join().refusal()).contains(Refusal.SHUTTING_DOWN);
    }

    @Test
    void drainsByRefusingTheNewAndAwaitingTheOld() {
        CompletableFuture<DeviceResponse> last = send("a");
        CompletableFuture<Void> drained = limiter.close();
        assertThat(send("b").join().refusal()).contains(Refusal.SHUTTING_DOWN);
        assertThat(drained).isNotDone();
        underWay.get(0).complete(DeviceResponse.of(CoapCode.CONTENT));
        assertThat(last.join().code()).isEqualTo(CoapCode.CONTENT);
        assertThat(drained).isDone();
    }
}
