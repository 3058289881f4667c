package org.rewardlab.kernel;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.rewardlab.kernel", importOptions = DoNotIncludeTests.class)
class KernelWallsTest {

    @ArchTest
    static final ArchRule evaluationKnowsNoSockets = noClasses()
            .that()
            .resideInAnyPackage(
                    "org.rewardlab.kernel.eval..",
                    "org.rewardlab.kernel.output..",
                    "org.rewardlab.kernel.magic..",
                    "org.rewardlab.kernel.assist..",
                    "org.rewardlab.kernel.session..",
                    "org.rewardlab.kernel.spi..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.rewardlab.kernel.wire..", "org.rewardlab.kernel.protocol..", "org.zeromq..", "zmq..");

    @ArchTest
    static final ArchRule evaluationAndOutputKnowNoSession = noClasses()
            .that()
            .resideInAnyPackage("org.rewardlab.kernel.eval..", "org.rewardlab.kernel.output..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.rewardlab.kernel.session..",
                    "org.rewardlab.kernel.magic..",
                    "org.rewardlab.kernel.magics..",
                    "org.rewardlab.kernel.assist..",
                    "org.rewardlab.kernel.spi..");

    @ArchTest
    static final ArchRule socketsKnowNoCells = noClasses()
            .that()
            .resideInAPackage("org.rewardlab.kernel.wire..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.rewardlab.kernel.eval..",
                    "org.rewardlab.kernel.session..",
                    "org.rewardlab.kernel.protocol..",
                    "jdk.jshell..");

    @ArchTest
    static final ArchRule theKernelKnowsNoLab = noClasses()
            .that()
            .resideInAPackage("org.rewardlab.kernel..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "ai.djl..",
                    "tech.tablesaw..",
                    "org.knowm.xchart..",
                    "org.rewardlab.lab..",
                    "org.rewardlab.tensor..");
}
