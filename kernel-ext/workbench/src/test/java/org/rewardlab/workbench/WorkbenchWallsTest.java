package org.rewardlab.workbench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Imports point one way: primitives, lab, workbench; and the workbench knows the kernel only by its services. */
class WorkbenchWallsTest {

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.rewardlab");

    private static final DescribedPredicate<JavaClass> INSIDE_OF_THE_KERNEL = DescribedPredicate.describe(
            "inside of the kernel",
            type -> type.getPackageName().startsWith("org.rewardlab.kernel")
                    && !type.getPackageName().equals("org.rewardlab.kernel.spi"));

    @Test
    void theWorkbenchKnowsTheKernelByItsServicesAlone() {
        noClasses()
                .that()
                .resideInAPackage("org.rewardlab.workbench..")
                .should()
                .dependOnClassesThat(INSIDE_OF_THE_KERNEL)
                .check(ALL);
    }

    @Test
    void theLabKnowsNeitherKernelNorWorkbench() {
        noClasses()
                .that()
                .resideInAPackage("org.rewardlab.lab..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.rewardlab.kernel..", "org.rewardlab.workbench..", "org.dflib..")
                .check(ALL);
    }

    @Test
    void primitivesAndKernelKnowNoLab() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.rewardlab.lab..", "org.rewardlab.workbench..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.rewardlab.lab..", "org.rewardlab.workbench..")
                .check(ALL);
        classes()
                .that()
                .resideInAPackage("org.rewardlab.lab.plot..")
                .should()
                .onlyHaveDependentClassesThat()
                .resideOutsideOfPackages("org.rewardlab.tensor..", "org.rewardlab.kernel..")
                .check(ALL);
    }
}
