"use client";

import type { ComponentProps } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { Select } from "@/components/ui/select";
import { ROLES, Role } from "@/lib/contracts/system";

type RoleSelectProps = Omit<ComponentProps<"select">, "role" | "value" | "onChange"> & {
  role: Role;
  onRole: (role: Role) => void;
};

export function RoleSelect({ role, onRole, ...rest }: RoleSelectProps) {
  const { t } = useT();
  return (
    <Select {...rest} value={role} onChange={(event) => onRole(Role.parse(event.target.value))}>
      {ROLES.map((each) => (
        <option key={each} value={each}>
          {t(`people.role.${each}`)}
        </option>
      ))}
    </Select>
  );
}
