package io.coapgate.gateway.ace;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.ace.AccessTokenUpload;
import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.DeviceCredential.PreSharedKey;
import io.coapgate.gateway.device.DeviceId;
import io.coapgate.gateway.device.Devices;
import io.coapgate.gateway.device.SnapshotDeviceRegistry;
import io.coapgate.gateway.device.Validity;
import io.coapgate.gateway.exchange.CoapCode;
import io.coapgate.gateway.exchange.ContentFormat;
import io.coapgate.gateway.exchange.DeviceRequest;
import io.coapgate.gateway.exchange.DeviceResponse;
import io.coapgate.gateway.exchange.ExchangeId;
import io.coapgate.gateway.exchange.ExchangeListener;
import io.coapgate.gateway.exchange.Preconditions;
import io.coapgate.gateway.exchange.RequestOptions;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.token.Cwts;
import io.coapgate.gateway.token.MutableClock;
import io.coapgate.gateway.token.SessionTokens;
import io.coapgate.gateway.token.TokenAdmission;
import io.coapgate.gateway.token.TokenIntake;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** RFC 9200 §5.10.1. */
class AuthzInfoTest {
    private static final PreSharedKey PSK = Devices.psk("id1", Validity.ALWAYS);
    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final SessionTokens sessions = new SessionTokens(clock, 1, 10);
    private final SnapshotDeviceRegistry registry = Devices.registry(Devices.device("d1", "read", PSK));
    private final AuthenticatedDevice device =
            Devices.authenticated(Devices.device("d1", "read", PSK), registry, clock);
    private final List<String> heard = new ArrayList<>();
    private final ExchangeListener listener = new ExchangeListener() {
        @Override
        public void tokenAccepted(DeviceId id, String issuer) {
            heard.add("accepted " + id + " " + issuer);
        }

        @Override
        public void tokenRefused(DeviceId id, Refusal reason) {
            heard.add("refused " + id + " " + reason.code());
        }
    };
    private final byte[] token = Cwts.selfIssued(
            "d1", PSK.key(), Cwts.claims(clock.instant(), "read").subject("d1").build());

    private DeviceResponse send(Executor verifier, CoapMethod method, OptionalInt format, byte[] payload) {
        TokenAdmission admission = new TokenAdmission(Cwts.settings(), Cwts.KNOWN_SCOPES, sessions, clock);
        return new AuthzInfo(new TokenIntake(admission, verifier), 1024, listener, clock)
                .handle(new DeviceRequest(
                        new ExchangeId(1, 2),
                        device,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                        method,
                        new RequestOptions(
                                List.of(AuthzInfo.PATH),
                                List.of(),
                                format,
                                OptionalInt.empty(),
                                Preconditions.NONE,
                                Optional.empty(),
                                Optional.empty()),
                        payload))
                .toCompletableFuture()
                .join();
    }

    private DeviceResponse post(OptionalInt format, byte[] payload) {
        return send(Runnable::run, CoapMethod.POST, format, payload);
    }

    @Test
    void takesAnApplicationCwt() {
        assertThat(post(OptionalInt.of(ContentFormat.CWT), token).code()).isEqualTo(CoapCode.CREATED);
        assertThat(sessions.validAt(device.session(), clock.instant())).hasSize(1);
        assertThat(heard).containsExactly("accepted d1 d1");
    }

    @Test
    void takesTheAccessTokenOfAnAceMessage() {
        byte[] upload = AccessTokenUpload.of(token).encode();
        assertThat(post(OptionalInt.of(ContentFormat.ACE_CBOR), upload).code()).isEqualTo(CoapCode.CREATED);
    }

    @Test
    void takesACwtWithoutContentFormat() {
        assertThat(post(OptionalInt.empty(), token).code()).isEqualTo(CoapCode.CREATED);
    }

    @Test
    void refusesOtherContentFormats() {
        assertThat(post(OptionalInt.of(50), token).code()).isEqualTo(CoapCode.UNSUPPORTED_CONTENT_FORMAT);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "POST")
    void refusesOtherMethods(CoapMethod method) {
        assertThat(send(Runnable::run, method, OptionalInt.empty(), token).code())
                .isEqualTo(CoapCode.METHOD_NOT_ALLOWED);
    }

    @Test
    void answersABadTokenByItsKindAndTellsTheOperatorWhy() {
        assertThat(post(OptionalInt.of(ContentFormat.ACE_CBOR), new byte[] {1}).code())
                .isEqualTo(CoapCode.BAD_REQUEST);
        byte[] forged = token.clone();
        forged[forged.length - 1] ^= 1;
        assertThat(post(OptionalInt.of(ContentFormat.CWT), forged).code()).isEqualTo(CoapCode.UNAUTHORIZED);
        assertThat(heard).containsExactly("refused d1 token_malformed", "refused d1 token_signature");
        assertThat(sessions.validAt(device.session(), clock.instant())).isEmpty();
    }

    @Test
    void aBadUploadLeavesTheSessionsTokenInPlace() {
        post(OptionalInt.of(ContentFormat.CWT), token);
        post(OptionalInt.of(ContentFormat.CWT), new byte[] {1, 2, 3});
        assertThat(sessions.validAt(device.session(), clock.instant())).hasSize(1);
    }

    @Test
    void refusesAWithdrawnDeviceBeforeItReadsAnything() throws Exception {
        registry.replace(List.of());
        DeviceResponse response = post(OptionalInt.of(ContentFormat.CWT), token);
        assertThat(response.refusal()).contains(Refusal.DEVICE_REVOKED);
    }

    @Test
    void saysBusyWhenTooManySignaturesWait() {
        DeviceResponse response = send(
                command -> {
                    throw new RejectedExecutionException();
                },
                CoapMethod.POST,
                OptionalInt.of(ContentFormat.CWT),
                token);
        assertThat(response.code()).isEqualTo(CoapCode.SERVICE_UNAVAILABLE);
        assertThat(response.maxAge()).isPresent();
    }
}
