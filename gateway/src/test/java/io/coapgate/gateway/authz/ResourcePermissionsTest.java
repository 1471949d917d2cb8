package io.coapgate.gateway.authz;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.ace.Aif;
import io.coapgate.crypto.ace.Aif.Permission;
import io.coapgate.gateway.device.ScopeSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9237. */
class ResourcePermissionsTest {
    private static ResourcePermissions of(String path, long methods) {
        return ResourcePermissions.of(new Aif(List.of(new Permission(path, methods))).encode());
    }

    private static RequestTarget target(List<String> path, List<String> query) throws Exception {
        return RequestTarget.of(path, query);
    }

    @ParameterizedTest
    @CsvSource({"GET, 1", "POST, 2", "PUT, 4", "DELETE, 8", "FETCH, 16", "PATCH, 32", "IPATCH, 64"})
    void eachMethodHasItsBit(CoapMethod method, long bit) throws Exception {
        RequestTarget target = target(List.of("a"), List.of());
        assertThat(of("/a", bit).allow(target, method)).isTrue();
        assertThat(of("/a", ~bit & Long.MAX_VALUE).allow(target, method)).isFalse();
        assertThat(of("/a", bit).cover(target)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void methodsOnWhatAResourceLeadsToAllowNothing(CoapMethod method) throws Exception {
        assertThat(of("/a", 0x7fL << 32).allow(target(List.of("a"), List.of()), method))
                .isFalse();
    }

    @Test
    void aResourceIsOnePathWithOneQuery() throws Exception {
        ResourcePermissions plain = of("/a/b", 1);
        assertThat(plain.allow(target(List.of("a", "b"), List.of()), CoapMethod.GET))
                .isTrue();
        assertThat(plain.cover(target(List.of("a"), List.of()))).isFalse();
        assertThat(plain.cover(target(List.of("a", "b", "c"), List.of()))).isFalse();
        assertThat(plain.cover(target(List.of("a", "b"), List.of("q")))).isFalse();
        ResourcePermissions queried = of("/a?x=1&y", 1);
        assertThat(queried.cover(target(List.of("a"), List.of("x=1", "y")))).isTrue();
        assertThat(queried.cover(target(List.of("a"), List.of("y", "x=1")))).isFalse();
        assertThat(queried.cover(target(List.of("a"), List.of()))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"/, ''", "/a%20b, a b", "/a%2Bb, a+b", "/a+b, a+b", "/%c3%a4, ä", "/a%3bb, a;b"})
    void pathsAreReadAsCoapSendsThem(String path, String segment) throws Exception {
        List<String> segments = segment.isEmpty() ? List.of() : List.of(segment);
        assertThat(of(path, 1).cover(target(segments, List.of()))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a%2", "/a%zz", "/a%ff", "/a%2fb", "/../a", "/a/%2e%2e/b", "/a//b", "/a%00"})
    void onePathThatNoRequestCanHaveMakesAllOfItWorthless(String path) throws Exception {
        Aif aif = new Aif(List.of(new Permission("/b", 1), new Permission(path, 1)));
        assertThat(ResourcePermissions.of(aif.encode()).cover(target(List.of("b"), List.of())))
                .isFalse();
    }

    @Test
    void bytesThatAreNoAifAllowNothing() throws Exception {
        assertThat(ResourcePermissions.of(new byte[] {1}).cover(target(List.of("a"), List.of())))
                .isFalse();
    }

    @Test
    void twoSpellingsOfOneResourceAllowWhatBothDo() throws Exception {
        Aif aif = new Aif(List.of(new Permission("/a+b", 3), new Permission("/a%2Bb", 6)));
        ResourcePermissions both = ResourcePermissions.of(aif.encode());
        RequestTarget target = target(List.of("a+b"), List.of());
        assertThat(both.allow(target, CoapMethod.POST)).isTrue();
        assertThat(both.allow(target, CoapMethod.GET)).isFalse();
    }

    @Test
    void whatRoutesDoNotTakeAndScopesDoNotAllowCannotBeHad() {
        RouteTable routes = Tables.temp();
        Aif asked = new Aif(List.of(
                new Permission("/temp/a", 0x7f | 1L << 32),
                new Permission("/elsewhere", 1),
                new Permission("/temp/%", 1),
                new Permission("/temp/b", 8)));
        assertThat(routes.permitted(asked, ScopeSet.of("read")).permissions())
                .containsExactly(new Permission("/temp/a", 1));
        assertThat(routes.permitted(asked, ScopeSet.of("read", "write")).permissions())
                .containsExactly(new Permission("/temp/a", 7));
        assertThat(routes.permitted(asked, ScopeSet.EMPTY).permissions()).isEmpty();
    }
}
