package io.coapgate.gateway.payload;

import static io.coapgate.gateway.payload.Payloads.hex;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.gateway.refusal.Refusal;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.OptionalInt;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PayloadMappingTest {
    private static final int LIMIT = 64;
    private static final OptionalInt NONE = OptionalInt.empty();
    private static final OptionalInt CBOR = OptionalInt.of(60);
    private static final OptionalInt JSON = OptionalInt.of(50);
    private static final byte[] CBOR_BODY = hex("a1617401");
    private static final byte[] JSON_BODY = "{\"t\":1}".getBytes(UTF_8);

    private static PayloadMapping mapping(PayloadCodec codec) {
        return new PayloadMapping(codec, UnknownMediaType.REFUSE, UnknownMediaType.REFUSE, LIMIT, LIMIT);
    }

    @Test
    void aServiceGetsTheJsonThatItKnows() throws Exception {
        HttpPayload http = mapping(PayloadCodec.CBOR_JSON).toHttp(CBOR, CBOR_BODY);

        assertThat(http.contentType()).isEqualTo("application/json");
        assertThat(http.contentCoding()).isEqualTo("identity");
        assertThat(http.body()).isEqualTo(JSON_BODY);
    }

    @Test
    void aDeviceGetsCborUnlessItAsksForJson() throws Exception {
        PayloadMapping mapping = mapping(PayloadCodec.CBOR_JSON);
        HttpPayload json = new HttpPayload("application/json; charset=UTF-8", JSON_BODY);

        assertDevice(mapping.toDevice(json, NONE), CBOR, CBOR_BODY);
        assertDevice(mapping.toDevice(json, CBOR), CBOR, CBOR_BODY);
        assertDevice(mapping.toDevice(json, JSON), JSON, JSON_BODY);
        assertReason(() -> mapping.toDevice(json, OptionalInt.of(0)), Refusal.ACCEPT_UNSUPPORTED);
        assertReason(() -> mapping(PayloadCodec.PASS_THROUGH).toDevice(json, CBOR), Refusal.ACCEPT_UNSUPPORTED);
        assertDevice(mapping(PayloadCodec.PASS_THROUGH).toDevice(json, NONE), JSON, JSON_BODY);
    }

    @ParameterizedTest
    @CsvSource({
        "CBOR_JSON, 60, application/json",
        "CBOR_JSON, 50, application/json",
        "CBOR_JSON, 112, application/senml+cbor",
        "SENML, 112, application/senml+json",
        "SENML, 113, application/sensml+json",
        "SENML, 110, application/senml+json",
        "SENML, 60, application/cbor",
        "PASS_THROUGH, 60, application/cbor",
        "PASS_THROUGH, 18, application/cose;cose-type=\"cose-sign1\""
    })
    void theServiceIsAskedForWhatTheDeviceCanBeGiven(PayloadCodec codec, int accept, String expected) throws Exception {
        assertThat(mapping(codec)
                        .toHttpAccept(OptionalInt.of(accept))
                        .orElseThrow()
                        .mediaType())
                .isEqualTo(expected);
    }

    @Test
    void acceptMayBeMissingButNotUnknown() throws Exception {
        assertThat(mapping(PayloadCodec.CBOR_JSON).toHttpAccept(NONE)).isEmpty();
        assertThat(mapping(PayloadCodec.CBOR_JSON)
                        .toHttpAccept(OptionalInt.of(11_050))
                        .orElseThrow()
                        .contentCoding())
                .isEqualTo("deflate");
        assertReason(
                () -> mapping(PayloadCodec.CBOR_JSON).toHttpAccept(OptionalInt.of(65_000)), Refusal.ACCEPT_UNSUPPORTED);
    }

    @Test
    void typesOfJsonWithoutANumberBecomeCborAndOthersOnlyIfCborIsAccepted() throws Exception {
        PayloadMapping mapping = mapping(PayloadCodec.CBOR_JSON);
        HttpPayload problem = new HttpPayload("application/problem+json", JSON_BODY);
        HttpPayload thing = new HttpPayload("application/td+json", JSON_BODY);

        assertDevice(mapping.toDevice(problem, NONE), CBOR, CBOR_BODY);
        assertDevice(mapping.toDevice(problem, CBOR), CBOR, CBOR_BODY);
        assertDevice(mapping.toDevice(thing, NONE), OptionalInt.of(432), JSON_BODY);
        assertDevice(mapping.toDevice(thing, OptionalInt.of(432)), OptionalInt.of(432), JSON_BODY);
        assertDevice(mapping.toDevice(thing, CBOR), CBOR, CBOR_BODY);
        assertReason(() -> mapping.toDevice(problem, JSON), Refusal.ACCEPT_UNSUPPORTED);
    }

    @Test
    void senmlCrossesInBothForms() throws Exception {
        PayloadMapping mapping = mapping(PayloadCodec.SENML);
        byte[] cbor = hex("81a2006174 02181b".replace(" ", ""));
        byte[] json = "[{\"n\":\"t\",\"v\":27}]".getBytes(UTF_8);

        assertThat(mapping.toHttp(OptionalInt.of(112), cbor).body()).isEqualTo(json);
        assertThat(mapping.toHttp(OptionalInt.of(113), cbor).contentType()).isEqualTo("application/sensml+json");
        assertDevice(
                mapping.toDevice(new HttpPayload("application/senml+json", json), NONE), OptionalInt.of(112), cbor);
        assertDevice(
                mapping.toDevice(new HttpPayload("application/sensml+json", json), NONE),
                OptionalInt.of(113),
                hex("9fa200617402181bff"));
        assertDevice(
                mapping.toDevice(new HttpPayload("application/senml+json", json), OptionalInt.of(110)),
                OptionalInt.of(110),
                json);
    }

    @ParameterizedTest
    @EnumSource
    void otherPayloadsCrossAsTheyAre(PayloadCodec codec) throws Exception {
        byte[] body = {1, 2, 3};
        PayloadMapping mapping = mapping(codec);

        HttpPayload http = mapping.toHttp(OptionalInt.of(11_060), body);
        assertThat(http.contentType()).isEqualTo("application/cbor");
        assertThat(http.contentCoding()).isEqualTo("deflate");
        assertThat(http.body()).isSameAs(body);
        assertDevice(mapping.toDevice(http, NONE), OptionalInt.of(11_060), body);
        assertThat(mapping.toHttp(NONE, body).contentType()).isEqualTo("application/octet-stream");
        assertThat(mapping.toHttp(OptionalInt.of(0), body).contentType()).isEqualTo("text/plain;charset=utf-8");
        assertDevice(
                mapping.toDevice(new HttpPayload("application/json", "deflate", body), NONE),
                OptionalInt.of(11_050),
                body);
        assertThat(mapping.toDevice(new HttpPayload("application/json", new byte[0]), CBOR))
                .isEqualTo(DevicePayload.NONE);
    }

    @Test
    void whatIsWrongWithADevicePayloadIsTold() {
        PayloadMapping mapping = mapping(PayloadCodec.CBOR_JSON);

        assertReason(() -> mapping.toHttp(CBOR, hex("8101ff")), Refusal.PAYLOAD_MALFORMED);
        assertReason(() -> mapping.toHttp(CBOR, new byte[0]), Refusal.PAYLOAD_MALFORMED);
        assertReason(() -> mapping.toHttp(CBOR, hex("f97e00")), Refusal.PAYLOAD_UNCONVERTIBLE);
        assertReason(() -> mapping.toHttp(CBOR, hex("9f" + "c100".repeat(9) + "ff")), Refusal.BODY_TOO_LARGE);
        assertReason(() -> mapping.toHttp(OptionalInt.of(65_000), CBOR_BODY), Refusal.CONTENT_FORMAT_UNSUPPORTED);
    }

    @Test
    void whatIsWrongWithAServicesBodyIsItsFault() {
        PayloadMapping mapping = mapping(PayloadCodec.CBOR_JSON);

        assertReason(
                () -> mapping.toDevice(new HttpPayload("application/json", "{".getBytes(UTF_8)), NONE),
                Refusal.UPSTREAM_RESPONSE_INVALID);
        assertReason(
                () -> mapping.toDevice(new HttpPayload("application/json", "1e9999".getBytes(UTF_8)), NONE),
                Refusal.UPSTREAM_RESPONSE_INVALID);
        assertReason(
                () -> mapping.toDevice(
                        new HttpPayload("application/json", ("[" + "0.1,".repeat(9) + "1]").getBytes(UTF_8)), NONE),
                Refusal.UPSTREAM_RESPONSE_TOO_LARGE);
        assertReason(
                () -> mapping.toDevice(new HttpPayload("text/html", JSON_BODY), NONE),
                Refusal.UPSTREAM_RESPONSE_INVALID);
        assertReason(
                () -> mapping.toDevice(new HttpPayload("application/json;charset=utf-16", JSON_BODY), NONE),
                Refusal.UPSTREAM_RESPONSE_INVALID);
        assertReason(() -> mapping.toDevice(new HttpPayload("", JSON_BODY), NONE), Refusal.UPSTREAM_RESPONSE_INVALID);
    }

    @Test
    void anUnknownMediaTypeCrossesByTheRule() throws Exception {
        HttpPayload html = new HttpPayload("text/html", JSON_BODY);

        assertDevice(unknown(UnknownMediaType.OMIT).toDevice(html, NONE), NONE, JSON_BODY);
        assertDevice(unknown(UnknownMediaType.OCTET_STREAM).toDevice(html, NONE), OptionalInt.of(42), JSON_BODY);
        assertThat(unknown(UnknownMediaType.OCTET_STREAM)
                        .toHttp(OptionalInt.of(65_000), JSON_BODY)
                        .contentType())
                .isEqualTo("application/octet-stream");
    }

    @ParameterizedTest
    @CsvSource({"iso-8859-1", "ISO-8859-15", "windows-1252", "utf-16", "utf-16be"})
    void aTextInAnotherCharsetIsUtf8ToTheDevice(String charset) throws Exception {
        byte[] text = "21 °C, außen".getBytes(Charset.forName(charset));
        HttpPayload body = new HttpPayload("text/plain; charset=\"" + charset + '"', text);
        DevicePayload payload = mapping(PayloadCodec.PASS_THROUGH).toDevice(body, OptionalInt.of(0));
        assertDevice(payload, OptionalInt.of(0), "21 °C, außen".getBytes(UTF_8));
    }

    @Test
    void aTextThatIsNotInItsCharsetIsTheServicesFault() {
        byte[] noJapanese = {(byte) 0x81, 0x20};
        assertReason(
                () -> mapping(PayloadCodec.PASS_THROUGH)
                        .toDevice(new HttpPayload("text/plain;charset=shift_jis", noJapanese), NONE),
                Refusal.UPSTREAM_RESPONSE_INVALID);
        byte[] grows = new byte[LIMIT];
        Arrays.fill(grows, (byte) 0xe9);
        assertReason(
                () -> mapping(PayloadCodec.PASS_THROUGH)
                        .toDevice(new HttpPayload("text/plain;charset=iso-8859-1", grows), NONE),
                Refusal.UPSTREAM_RESPONSE_TOO_LARGE);
    }

    @Test
    void aCharsetThatNobodyKnowsHasNoName() throws Exception {
        HttpPayload body = new HttpPayload("text/plain;charset=x-nobody-knows", JSON_BODY);
        assertDevice(unknown(UnknownMediaType.OMIT).toDevice(body, NONE), NONE, JSON_BODY);
    }

    @ParameterizedTest
    @EnumSource
    void anErrorNeverFailsForItsBody(UnknownMediaType rule) {
        PayloadMapping mapping = new PayloadMapping(PayloadCodec.CBOR_JSON, rule, rule, LIMIT, LIMIT);

        assertDevice(mapping.errorToDevice(new HttpPayload("application/problem+json", JSON_BODY)), CBOR, CBOR_BODY);
        assertThat(mapping.errorToDevice(new HttpPayload("application/json", new byte[] {'{'})))
                .isEqualTo(DevicePayload.NONE);
        assertThat(mapping.errorToDevice(new HttpPayload("text/html", JSON_BODY))
                        .contentFormat())
                .isEqualTo(rule == UnknownMediaType.OCTET_STREAM ? OptionalInt.of(42) : NONE);
        assertThat(mapping.errorToDevice(new HttpPayload("text/html", JSON_BODY))
                        .payload())
                .hasSize(rule == UnknownMediaType.OCTET_STREAM ? JSON_BODY.length : 0);
    }

    private static PayloadMapping unknown(UnknownMediaType rule) {
        return new PayloadMapping(PayloadCodec.PASS_THROUGH, rule, rule, LIMIT, LIMIT);
    }

    private static void assertDevice(DevicePayload payload, OptionalInt format, byte[] bytes) {
        assertThat(payload.contentFormat()).isEqualTo(format);
        assertThat(payload.payload()).isEqualTo(bytes);
    }

    private static void assertReason(ThrowingCallable call, Refusal reason) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PayloadException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
