package io.coapgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.ace.AccessTokenRequest;
import io.coapgate.crypto.ace.AccessTokenResponse;
import io.coapgate.crypto.ace.AceScope;
import io.coapgate.crypto.ace.IntrospectionRequest;
import io.coapgate.crypto.ace.IntrospectionResponse;
import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.gateway.token.MutableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The introspection endpoint by the plan of the ACE working group's interop tests, part 5, with the code points of RFC 9200
 * and real handshakes. RS1 asks, with its session as its authentication.
 */
class IntrospectionInteropTest {
    private static final int ACE_CBOR = 19;
    /** {@code {active: false}} and nothing else. */
    private static final byte[] INACTIVE = InteropKeys.hex("a10af4");

    private final MutableClock clock = new MutableClock(Instant.now());
    private final Path directory;
    private InteropAuthority as;

    IntrospectionInteropTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeEach
    void start() throws Exception {
        as = new InteropAuthority(directory, clock);
    }

    @AfterEach
    void stop() {
        as.close();
    }

    private static CoapResponse post(PskClient client, String path, byte[] payload) throws Exception {
        Request request = Request.newPost();
        request.getOptions().setContentFormat(ACE_CBOR);
        request.setPayload(payload);
        return client.send(request, path);
    }

    private static CoapResponse introspect(PskClient client, byte[] token) throws Exception {
        return post(client, "/introspect", IntrospectionRequest.of(token).encode());
    }

    private static void assertInactive(CoapResponse response) {
        assertThat(response.getCode()).isEqualTo(ResponseCode.CREATED);
        assertThat(response.getOptions().getContentFormat()).isEqualTo(ACE_CBOR);
        assertThat(response.getPayload()).isEqualTo(INACTIVE);
    }

    private byte[] token() throws Exception {
        try (PskClient client2 = as.client2()) {
            byte[] request = AccessTokenRequest.builder()
                    .audience("RS1")
                    .scope(AceScope.of("HelloWorld"))
                    .build()
                    .encode();
            CoapResponse response = post(client2, "/token", request);
            assertThat(response.getCode()).isEqualTo(ResponseCode.CREATED);
            return AccessTokenResponse.decode(response.getPayload(), 1024).accessToken();
        }
    }

    /** 5.1: forbidden, and no payload. */
    @Test
    void oneThatMayNotAskIsToldNothing() throws Exception {
        try (PskClient client2 = as.client2()) {
            CoapResponse response = introspect(client2, token());
            assertThat(response.getCode()).isEqualTo(ResponseCode.FORBIDDEN);
            assertThat(response.getPayload()).isEmpty();
            assertThat(response.getOptions().hasContentFormat()).isFalse();
        }
    }

    /** 5.2. */
    @Test
    void whatIsNoTokenIsNotActive() throws Exception {
        try (PskClient rs1 = as.rs1()) {
            assertInactive(introspect(rs1, new byte[] {1, 2, 3}));
        }
    }

    /** 5.3. */
    @Test
    void aTokenThatHasExpiredIsNotActive() throws Exception {
        byte[] token = token();
        clock.advance(Duration.ofMinutes(10));
        try (PskClient rs1 = as.rs1()) {
            assertInactive(introspect(rs1, token));
        }
    }

    /** 5.4: encrypted with a key that the server does not know, and with one that it does, but by another. */
    @Test
    void aTokenOfAnotherServerIsNotActive() throws Exception {
        try (PskClient rs1 = as.rs1()) {
            for (String key : new String[] {InteropKeys.RS_2, InteropKeys.RS_1}) {
                byte[] token =
                        InteropKeys.token(key, "client2", "RS1", "HelloWorld", InteropKeys.symmetric("91ecb5cb5dbc"));
                assertInactive(introspect(rs1, token));
            }
        }
    }

    /** 5.5. */
    @Test
    void aValidTokenIsActiveAndTellsAudienceAndScope() throws Exception {
        try (PskClient rs1 = as.rs1()) {
            CoapResponse response = introspect(rs1, token());
            assertThat(response.getCode()).isEqualTo(ResponseCode.CREATED);
            CwtClaims claims = IntrospectionResponse.decode(response.getPayload(), 1024)
                    .claims()
                    .orElseThrow();
            assertThat(claims.audience()).containsExactly("RS1");
            assertThat(claims.scope()).contains("HelloWorld");
            assertThat(claims.issuer()).contains("AS");
            assertThat(claims.expiresAt()).isPresent();
        }
    }

    /** RFC 9200 §5.8.3, §5.9.3: what an error has as payload is application/ace+cbor. */
    @Test
    void errorsHaveTheFormOfTheirProtocolOrNone() throws Exception {
        try (PskClient rs1 = as.rs1()) {
            CoapResponse malformed = post(rs1, "/introspect", new byte[] {0});
            assertThat(malformed.getCode()).isEqualTo(ResponseCode.BAD_REQUEST);
            assertThat(malformed.getOptions().getContentFormat()).isEqualTo(ACE_CBOR);
            assertThat(malformed.getPayload()).isEqualTo(InteropKeys.hex("a1181e01"));
            CoapResponse wrongMethod = rs1.send(Request.newGet(), "/introspect");
            assertThat(wrongMethod.getCode()).isEqualTo(ResponseCode.METHOD_NOT_ALLOWED);
            assertThat(wrongMethod.getPayload()).isEmpty();
            CoapResponse wrongAtToken = rs1.send(Request.newGet(), "/token");
            assertThat(wrongAtToken.getCode()).isEqualTo(ResponseCode.METHOD_NOT_ALLOWED);
            assertThat(wrongAtToken.getPayload()).isEmpty();
        }
    }
}
