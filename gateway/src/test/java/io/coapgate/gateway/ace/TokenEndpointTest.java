package io.coapgate.gateway.ace;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.ace.AccessTokenError;
import io.coapgate.crypto.ace.AccessTokenRequest;
import io.coapgate.crypto.ace.AccessTokenResponse;
import io.coapgate.crypto.ace.AceError;
import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.DeviceCredential.PreSharedKey;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.device.DuplicateEnrolmentException;
import io.coapgate.gateway.device.SnapshotDeviceRegistry;
import io.coapgate.gateway.device.Validity;
import io.coapgate.gateway.exchange.CoapCode;
import io.coapgate.gateway.exchange.ContentFormat;
import io.coapgate.gateway.exchange.DeviceRequest;
import io.coapgate.gateway.exchange.DeviceResponse;
import io.coapgate.gateway.exchange.ExchangeId;
import io.coapgate.gateway.exchange.Preconditions;
import io.coapgate.gateway.exchange.RequestOptions;
import io.coapgate.gateway.issuing.AuthorizationServers;
import io.coapgate.gateway.issuing.IssuanceListener;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.token.MutableClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** RFC 9200 §5.8. */
class TokenEndpointTest {
    private static final byte[] NOTHING_IN_PARTICULAR =
            AccessTokenRequest.builder().build().encode();

    private IssuanceListener listener = IssuanceListener.NONE;
    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final PreSharedKey psk =
            Devices.psk("id1", new Validity(Instant.MIN, clock.instant().plusSeconds(7_000)));
    private final SnapshotDeviceRegistry registry = Devices.registry(Devices.device("d1", "read", psk));
    private final AuthenticatedDevice device =
            Devices.authenticated(Devices.device("d1", "read", psk), registry, clock);

    private DeviceResponse send(Executor signer, CoapMethod method, int format, int accept, byte[] payload) {
        RequestOptions options = new RequestOptions(
                List.of(TokenEndpoint.PATH),
                List.of(),
                format < 0 ? OptionalInt.empty() : OptionalInt.of(format),
                accept < 0 ? OptionalInt.empty() : OptionalInt.of(accept),
                Preconditions.NONE,
                Optional.empty(),
                Optional.empty());
        InetSocketAddress peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        return new AceErrors(new TokenEndpoint(AuthorizationServers.server(clock, listener), clock, signer))
                .handle(new DeviceRequest(new ExchangeId(1, 2), device, peer, method, options, payload))
                .toCompletableFuture()
                .join();
    }

    private void withdraw() {
        try {
            registry.replace(List.of());
        } catch (DuplicateEnrolmentException e) {
            throw new AssertionError(e);
        }
    }

    private DeviceResponse post(byte[] payload) {
        return send(Runnable::run, CoapMethod.POST, ContentFormat.ACE_CBOR, -1, payload);
    }

    @Test
    void answersWithTheToken() throws Exception {
        DeviceResponse response = post(NOTHING_IN_PARTICULAR);
        assertThat(response.code()).isEqualTo(CoapCode.CREATED);
        assertThat(response.contentFormat()).isEqualTo(OptionalInt.of(ContentFormat.ACE_CBOR));
        assertThat(response.maxAge()).isEmpty();
        assertThat(AccessTokenResponse.decode(response.payload(), 1024).expiresIn())
                .contains(Duration.ofHours(1));
    }

    @Test
    void takesARequestWithoutContentFormatAndOneThatAcceptsTheAnswers() {
        assertThat(send(Runnable::run, CoapMethod.POST, -1, 19, NOTHING_IN_PARTICULAR)
                        .code())
                .isEqualTo(CoapCode.CREATED);
    }

    @Test
    void noCopyOfTheAnswerOutlivesTheToken() {
        clock.advance(Duration.ofSeconds(6_990));
        assertThat(post(NOTHING_IN_PARTICULAR).maxAge()).contains(Duration.ofSeconds(10));
    }

    @Test
    void saysWhatIsWrongByTheCodesOfTheRfc() throws Exception {
        DeviceResponse malformed = post(new byte[] {1});
        assertThat(malformed.code()).isEqualTo(CoapCode.BAD_REQUEST);
        assertThat(malformed.contentFormat()).isEqualTo(OptionalInt.of(ContentFormat.ACE_CBOR));
        assertThat(malformed.refusal()).contains(Refusal.GRANT_MALFORMED);
        assertThat(AccessTokenError.decode(malformed.payload()))
                .isEqualTo(AccessTokenError.of(AceError.INVALID_REQUEST));
        DeviceResponse stranger =
                post(AccessTokenRequest.builder().clientId("d2").build().encode());
        assertThat(stranger.code()).isEqualTo(CoapCode.UNAUTHORIZED);
        assertThat(AccessTokenError.decode(stranger.payload()).error()).isEqualTo(AceError.INVALID_CLIENT);
        assertThat(post(new byte[1025]).refusal()).contains(Refusal.GRANT_MALFORMED);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "POST")
    void refusesOtherMethods(CoapMethod method) {
        assertThat(send(Runnable::run, method, -1, -1, NOTHING_IN_PARTICULAR).code())
                .isEqualTo(CoapCode.METHOD_NOT_ALLOWED);
    }

    @Test
    void refusesOtherContentFormats() {
        assertThat(send(Runnable::run, CoapMethod.POST, 60, -1, NOTHING_IN_PARTICULAR)
                        .code())
                .isEqualTo(CoapCode.UNSUPPORTED_CONTENT_FORMAT);
        assertThat(send(Runnable::run, CoapMethod.POST, 19, 50, NOTHING_IN_PARTICULAR)
                        .code())
                .isEqualTo(CoapCode.NOT_ACCEPTABLE);
    }

    /** RFC 9200 §5.8.3 */
    private static void assertInvalidClient(DeviceResponse response, Refusal reason) throws Exception {
        assertThat(response.refusal()).contains(reason);
        assertThat(response.code()).isEqualTo(CoapCode.UNAUTHORIZED);
        assertThat(response.contentFormat()).isEqualTo(OptionalInt.of(ContentFormat.ACE_CBOR));
        assertThat(AccessTokenError.decode(response.payload())).isEqualTo(AccessTokenError.of(AceError.INVALID_CLIENT));
    }

    @Test
    void tellsAWithdrawnDeviceThatItIsNoClientBeforeItReadsAnything() throws Exception {
        withdraw();
        assertInvalidClient(post(new byte[] {1}), Refusal.DEVICE_REVOKED);
    }

    @Test
    void tellsADeviceWhoseCredentialHasEndedThatItIsNoClient() throws Exception {
        clock.advance(Duration.ofSeconds(7_000)); // now == not-after: ended
        assertInvalidClient(post(NOTHING_IN_PARTICULAR), Refusal.CREDENTIAL_EXPIRED);
    }

    @Test
    void tellsADeviceThatIsWithdrawnWhileItWaitsForItsTokenTheSame() throws Exception {
        Executor slow = task -> {
            withdraw();
            task.run();
        };
        DeviceResponse response = send(slow, CoapMethod.POST, ContentFormat.ACE_CBOR, -1, NOTHING_IN_PARTICULAR);
        assertInvalidClient(response, Refusal.DEVICE_REVOKED);
    }

    @Test
    void saysWhenToComeAgainToADeviceThatHoldsTooManyTokens() {
        listener = AuthorizationServers.refusing(Refusal.GRANT_QUOTA);
        DeviceResponse response = post(NOTHING_IN_PARTICULAR);
        assertThat(response.code()).isEqualTo(CoapCode.TOO_MANY_REQUESTS);
        assertThat(response.maxAge()).contains(Duration.ofSeconds(5));
        assertThat(response.contentFormat()).as("no error code is meant for it").isEmpty();
        assertThat(response.payload()).isEmpty();
    }

    @Test
    void saysBusyWhenTooManySignaturesWait() {
        DeviceResponse response = send(
                command -> {
                    throw new RejectedExecutionException();
                },
                CoapMethod.POST,
                19,
                -1,
                NOTHING_IN_PARTICULAR);
        assertThat(response.code()).isEqualTo(CoapCode.SERVICE_UNAVAILABLE);
        assertThat(response.maxAge()).isPresent();
        assertThat(response.payload()).isEmpty();
    }
}
