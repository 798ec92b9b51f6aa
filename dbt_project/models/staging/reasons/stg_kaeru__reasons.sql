with

seeded as (
    select
        reason_code,
        group_code,
        label_ja_text,
        label_en_text,
        definition_text,
        owner_code,
        second_owner_code,
        fault_side_code,
        size_direction_code,
        is_controllable,
        is_size_reason,
        is_expectation_gap,
        valid_from_date,
        valid_to_date
    from {{ ref('reason_taxonomy') }}
),

source as (
    select
        reason_code,
        group_code,
        label_ja_text,
        label_en_text,
        definition_text,
        owner_code,
        second_owner_code,
        fault_side_code,
        size_direction_code,
        cast(is_controllable as boolean) as is_controllable,
        cast(is_size_reason as boolean) as is_size_reason,
        cast(is_expectation_gap as boolean) as is_expectation_gap,
        cast(valid_from_date as date) as valid_from_date,
        cast(valid_to_date as date) as valid_to_date
    from {{ source('landing', 'reason_taxonomy') }}
),

-- What a row of the shop leaves empty, the shipped row says.
renamed as (
    select
        coalesce(source.reason_code, seeded.reason_code) as reason_code,
        coalesce(source.group_code, seeded.group_code) as group_code,
        coalesce(source.label_ja_text, seeded.label_ja_text) as label_ja_text,
        coalesce(source.label_en_text, seeded.label_en_text) as label_en_text,
        coalesce(source.definition_text, seeded.definition_text) as definition_text,
        coalesce(source.owner_code, seeded.owner_code) as owner_code,
        coalesce(source.second_owner_code, seeded.second_owner_code) as second_owner_code,
        coalesce(source.fault_side_code, seeded.fault_side_code, 'none') as fault_side_code,
        coalesce(source.size_direction_code, seeded.size_direction_code) as size_direction_code,
        coalesce(source.is_controllable, seeded.is_controllable) as is_controllable,
        coalesce(source.is_size_reason, seeded.is_size_reason, false) as is_size_reason,
        coalesce(source.is_expectation_gap, seeded.is_expectation_gap, false)
            as is_expectation_gap,
        source.reason_code is not null as is_changed_by_shop,
        coalesce(source.valid_from_date, seeded.valid_from_date) as valid_from_date,
        coalesce(source.valid_to_date, seeded.valid_to_date) as valid_to_date
    from seeded
    full join source on seeded.reason_code = source.reason_code
)

select * from renamed
